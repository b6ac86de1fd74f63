import { z } from 'zod'
import { machineOptions, problemOptions } from './classification/options.ts'

/** Which clips are attacked, and how far they may be moved. */
export const attackOptions = z.object({
  protocol: problemOptions.shape.protocol,
  classes: problemOptions.shape.classes,
  perPerson: problemOptions.shape.perPerson,
  cutSeed: problemOptions.shape.cutSeed.describe('seed of folds'),
  clips: z
    .int()
    .min(1)
    .optional()
    .describe('attack only so many of the test clips, drawn by the seed; by default all of them'),
  budget: z
    .number()
    .positive()
    .optional()
    .describe(
      'how far a coordinate may be moved, in the unit of the data; by default 1 cm, or 1/170 of the body where the unit is no length',
    ),
})

/** What every attack is told of the machine. */
export const attackMachineOptions = machineOptions.omit({ loaders: true })

export type AttackOptions = z.output<typeof attackOptions> & z.output<typeof attackMachineOptions>
