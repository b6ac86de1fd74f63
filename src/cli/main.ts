import { Command } from 'commander'
import { OssatureError } from '../errors.ts'
import { packageVersion } from '../train/run/environment.ts'
import { addAttackCommand } from './commands/attack.ts'
import { addCompareCommand } from './commands/compare.ts'
import { addDataCommands } from './commands/data/index.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addEvalCommand } from './commands/eval.ts'
import { addFuseCommand } from './commands/fuse.ts'
import { addInitCommand } from './commands/init.ts'
import { addInspectCommand } from './commands/inspect.ts'
import { addSystemsCommand } from './commands/systems.ts'
import { addFinetuneCommand, addTrainCommand } from './commands/train.ts'

/** The command line program. */
export function program(): Command {
  const root = new Command('ossature')
    .description(
      'Skeleton-based action recognition: train, compare and ship published systems on your own motion data.',
    )
    .version(packageVersion(), '-v, --version', 'print the version')
    .showHelpAfterError('(add --help for usage)')
  addInitCommand(root)
  addSystemsCommand(root)
  addTrainCommand(root)
  addFinetuneCommand(root)
  addEvalCommand(root)
  addFuseCommand(root)
  addCompareCommand(root)
  addAttackCommand(root)
  addDataCommands(root)
  addInspectCommand(root)
  addDemoCommand(root)
  return root
}

/** Runs the program. Errors that a user can mend are printed without a stack trace. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(args as string[])
  } catch (error) {
    // The error may come while a progress bar stands on the line.
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    process.stderr.write(`${error instanceof OssatureError ? error.message : (error as Error).stack}\n`)
    process.exitCode = 1
  }
}
