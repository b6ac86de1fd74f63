import type { Command } from 'commander'
import { addCheckCommand } from './check.ts'
import { addConvertCommand } from './convert.ts'
import { addCutCommand } from './cut.ts'
import { addDrawCommand } from './draw.ts'
import { addImportCommand } from './import.ts'
import { addInspectCommand } from './inspect.ts'
import { addLabelsCommand } from './labels.ts'
import { addReadersCommand } from './readers.ts'
import { addSplitCommand } from './split.ts'

/** `ossature data ...`: what concerns recordings. */
export function addDataCommands(root: Command): void {
  const data = root.command('data').description('import, inspect, check, divide, convert and draw recordings')
  addImportCommand(data)
  addReadersCommand(data)
  addLabelsCommand(data)
  addInspectCommand(data)
  addCheckCommand(data)
  addSplitCommand(data)
  addCutCommand(data)
  addConvertCommand(data)
  addDrawCommand(data)
}
