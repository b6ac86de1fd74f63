import { Command, InvalidArgumentError, Option } from 'commander'
import { OssatureError } from '../src/errors.ts'
import { type Comparison, compare } from './compare.ts'
import { toText } from './report.ts'
import { measureStore, storeText } from './store.ts'
import { measureTable, type TableRow, tableToText } from './table.ts'

function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number above 0 is needed.')
  return value
}

function withCommonOptions(command: Command): Command {
  return command
    .option('--clips <number>', 'clips per training step', count, 16)
    .option('--persons <number>', 'persons per clip', count, 1)
    .option('--frames <number>', 'frames per clip', count, 64)
    .option('--joints <number>', 'joints per person', count, 25)
    .option('--threads <number>', 'threads of each side', count, 2)
    .option('--repeats <number>', 'counted steps of each side', count, 15)
    .option('--pause <milliseconds>', 'rest between two steps', count, 60)
    .option('--python <path>', 'a Python with torch, see bench/peers/requirements.txt')
    .option('--no-peer', 'our side alone')
    .option('--compiled', 'torch.compile as a third side; it needs a C++ compiler, and minutes')
    .option('--json', 'print one JSON object')
}

const program = new Command('bench').description('Times this package against PyTorch, in one interleaved run.')

withCommonOptions(program.command('step'))
  .description('one training step, or the inference of one clip')
  .argument('<network>', 'stgcn, aagcn, msg3d, ctrgcn, stgcnpp, skateformer')
  .addOption(new Option('--mode <mode>', 'what a step is').choices(['train', 'inference']).default('train'))
  .action(async (network: string, options: Comparison & { json?: boolean }) => {
    const result = await compare(network, options)
    process.stdout.write(`${options.json ? JSON.stringify(result) : toText(result)}\n`)
  })

withCommonOptions(program.command('table'))
  .description('training steps and inference of all networks, with their geometric means')
  .action(async (options: Omit<Comparison, 'mode'> & { json?: boolean }) => {
    const said = (row: TableRow) => process.stderr.write(`${row.mode} ${toText(row)}\n`)
    const table = await measureTable(options, said)
    process.stdout.write(`${options.json ? JSON.stringify(table) : tableToText(table)}\n`)
  })

program
  .command('store')
  .description('a clip store far larger than memory should hold: writing, opening, sampling, memory')
  .option('--clips <number>', 'generated clips', count, 100_000)
  .option('--samples <number>', 'training samples', count, 40_000)
  .option('--json', 'print one JSON object')
  .action(async ({ clips, samples, json }: { clips: number; samples: number; json?: boolean }) => {
    const figures = await measureStore(clips, samples)
    process.stdout.write(`${json ? JSON.stringify(figures) : storeText(figures)}\n`)
  })

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof OssatureError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
