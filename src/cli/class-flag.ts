import type { Command } from 'commander'
import { z } from 'zod'
import { type ClassChoice, classChoiceSchema } from '../data/classes/class-choice.ts'
import { parseSettings } from '../systems/options.ts'

const schema = z.object({ classes: classChoiceSchema })

/** The flag of commands that look at some classes only. */
export function withClasses(command: Command): Command {
  return command.option(
    '--classes <names>',
    'some classes only: walk,run or numbers from 0, or a published choice (ntu-mutual), see `data split --list`',
    (text) => parseSettings(schema, [`classes=${text}`], '--classes').classes as ClassChoice,
  )
}
