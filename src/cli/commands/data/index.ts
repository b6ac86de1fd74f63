import type { Command } from 'commander'
import { addCheckCommand } from './check.ts'
import { addImportCommand } from './import.ts'
import { addInspectCommand } from './inspect.ts'

/** `ossature data ...`: what concerns recordings. */
export function addDataCommands(root: Command): void {
  const data = root.command('data').description('import, inspect and check recordings')
  addImportCommand(data)
  addInspectCommand(data)
  addCheckCommand(data)
}
