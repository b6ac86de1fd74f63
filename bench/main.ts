import { Command, Option } from 'commander'
import { wholeNumberFrom } from '../src/cli/number-flags.ts'
import { OssatureError } from '../src/errors.ts'
import { type Comparison, compare } from './compare.ts'
import { compareLoading, type LoadingComparison, loadingText } from './loading.ts'
import { toText } from './report.ts'
import { measureStore, storeText } from './store.ts'
import { measureTable, type TableRow, tableToText } from './table.ts'

const count = wholeNumberFrom(1)

/** @param repeats of what, and how many by default */
function withCommonOptions(command: Command, [repeated, repeats]: readonly [string, number]): Command {
  return command
    .option('--clips <number>', 'clips per training step', count, 16)
    .option('--persons <number>', 'persons per clip', count, 1)
    .option('--frames <number>', 'frames per clip', count, 64)
    .option('--threads <number>', 'threads of each side', count, 2)
    .option('--repeats <number>', `counted ${repeated} of each side`, count, repeats)
    .option('--pause <milliseconds>', `rest between two ${repeated}`, count, 60)
    .option('--python <path>', 'a Python with torch, see bench/peers/requirements.txt')
    .option('--no-peer', 'our side alone')
    .option('--json', 'print one JSON object')
}

function withStepOptions(command: Command): Command {
  return withCommonOptions(command, ['steps', 15])
    .option('--joints <number>', 'joints per person', count, 25)
    .option('--no-dropout', 'leave out the dropout that SkateFormer and HiCLR are trained with')
    .option('--compiled', 'torch.compile as a third side; it needs a C++ compiler, and minutes')
}

const program = new Command('bench').description('Times this package against PyTorch, in one interleaved run.')

withStepOptions(program.command('step'))
  .description('one training step, the inference of one clip, or one iteration of an attack')
  .argument('<network>', 'stgcn, aagcn, msg3d, ctrgcn, stgcnpp, skateformer; or of a system: hiclr, smi')
  .addOption(new Option('--mode <mode>', 'what a step is').choices(['train', 'inference']).default('train'))
  .action(async (network: string, options: Comparison & { json?: boolean }) => {
    const result = await compare(network, options)
    process.stdout.write(`${options.json ? JSON.stringify(result) : toText(result)}\n`)
  })

withStepOptions(program.command('table'))
  .description('training steps and inference of all networks, with their geometric means')
  .action(async (options: Omit<Comparison, 'mode'> & { json?: boolean }) => {
    const said = (row: TableRow) => process.stderr.write(`${row.mode} ${toText(row)}\n`)
    const table = await measureTable(options, said)
    process.stdout.write(`${options.json ? JSON.stringify(table) : tableToText(table)}\n`)
  })

withCommonOptions(program.command('loading'), ['runs', 5])
  .description('training with the loading of its clips: what loading costs, and how PyTorch with its DataLoader does')
  .argument('[networks...]', 'by default ctrgcn and stgcnpp')
  .option('--recorded <number>', 'frames of a recorded clip', count, 300)
  .option('--steps <number>', 'counted steps of a run', count, 8)
  .action(async (networks: string[], options: LoadingComparison & { json?: boolean }) => {
    const rows = []
    for (const network of networks.length > 0 ? networks : ['ctrgcn', 'stgcnpp']) {
      rows.push(...(await compareLoading(network, options)))
    }
    process.stdout.write(`${options.json ? JSON.stringify(rows) : loadingText(rows)}\n`)
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
