import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError, Option } from 'commander'
import { OssatureError } from '../src/errors.ts'
import { interleave } from './interleave.ts'
import { findPython } from './python.ts'
import { report, requireEqualLosses, toText } from './report.ts'
import { type StepSizes, toArguments } from './setting.ts'
import { type Side, startSide } from './side.ts'

interface Options extends StepSizes {
  readonly repeats: number
  readonly pause: number
  readonly python?: string
  readonly peer: boolean
  readonly json?: boolean
}

async function compareStep(network: string, options: Options): Promise<void> {
  const clips = options.mode === 'inference' ? 1 : options.clips
  const parameters = toArguments(network, { ...options, clips })
  const python = options.peer ? await findPython(options.python) : undefined
  if (options.peer && !python) {
    process.stderr.write('No Python with torch found: our side alone. Name one with --python PATH.\n')
  }
  const sides: Side[] = []
  try {
    sides.push(await startSide('ours', process.execPath, ['--import', 'tsx', local('ours.ts'), ...parameters]))
    if (python) {
      const label = `PyTorch ${python.torchVersion}`
      sides.push(await startSide(label, python.path, ['-B', local('peers/step.py'), ...parameters]))
    }
    const { repeats, pause } = options
    const [ours, peer] = await interleave(sides, { repeats, warmUp: 3, pauseMs: pause })
    if (peer) requireEqualLosses(ours, peer)
    const result = report(network, clips, ours, peer)
    process.stdout.write(`${options.json ? JSON.stringify(result) : toText(result)}\n`)
  } finally {
    for (const side of sides) side.stop()
  }
}

function local(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number above 0 is needed.')
  return value
}

const program = new Command('bench').description('Times this package against PyTorch, in one interleaved run.')
program
  .command('step')
  .description('one training step, or the inference of one clip')
  .argument('<network>', 'stgcn, stgcnpp, ctrgcn')
  .addOption(new Option('--mode <mode>', 'what a step is').choices(['train', 'inference']).default('train'))
  .option('--clips <number>', 'clips per training step', count, 16)
  .option('--persons <number>', 'persons per clip', count, 1)
  .option('--frames <number>', 'frames per clip', count, 64)
  .option('--joints <number>', 'joints per person', count, 25)
  .option('--threads <number>', 'threads of each side', count, 2)
  .option('--repeats <number>', 'counted steps of each side', count, 15)
  .option('--pause <milliseconds>', 'rest between two steps', count, 60)
  .option('--python <path>', 'a Python with torch, see bench/peers/requirements.txt')
  .option('--no-peer', 'our side alone')
  .option('--json', 'print one JSON object')
  .action(compareStep)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof OssatureError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
