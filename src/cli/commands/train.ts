import type { Command } from 'commander'
import { renderSummary } from '../../evaluate/summary.ts'
import { runSystem } from '../../systems/run-system.ts'
import { createProgress } from '../../train/progress/progress-reporters.ts'
import { refuseAmong } from '../among-recordings.ts'
import { allNamed, collect, openData, projectOf, withDataSource } from '../data-source.ts'
import { untilInterrupted } from '../interruption.ts'
import { dataRecord, namedData, type RunFlags, withDataOfRun } from '../run-data.ts'
import { systemOf } from '../system-module.ts'
import { systemOptions } from '../system-options.ts'

interface TrainFlags extends RunFlags {
  readonly from?: string
  readonly set: string[]
  readonly asReleased?: boolean
  readonly force?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

/** `ossature train SYSTEM --data PATH --out DIR`, or what of it a project file says. */
export function addTrainCommand(root: Command): void {
  withTrainOptions(
    root.command('train').description('train a system and leave a run folder with report and ONNX file'),
  ).option('--from <weights>', FROM)
}

/** `ossature finetune SYSTEM --from WEIGHTS --data PATH --out DIR`: `train` with weights to start from. */
export function addFinetuneCommand(root: Command): void {
  withTrainOptions(
    root.command('finetune').description('train a system further from the weights of a run or of a file'),
  ).requiredOption('--from <weights>', FROM)
}

const FROM = 'start from the weights of a run, or of a safetensors or PyTorch file; what fits is taken over'

function withTrainOptions(command: Command): Command {
  return withDataSource(
    command
      .argument('[system]', 'name of the system, see `ossature systems`, or the path of a module that exports one')
      .option('--data <path>', 'recordings: a zip, a folder or a clip store')
      .option('--out <folder>', 'folder of the run; an interrupted run in it goes on'),
  )
    .option(
      '--set <name=value>',
      'set an option of the system (repeatable), see `ossature systems SYSTEM`',
      collect,
      [],
    )
    .option('--options <file>', 'YAML file of options; --set wins over it')
    .option('--as-released', 'repeat the released code where it departs from the publication')
    .option('--force', 'start over if the folder holds a run')
    .option('--resume', 'train a finished run further, with more epochs')
    .option('--json', 'print JSON lines instead of text')
    .option('--quiet', 'print nothing but the result')
    .showHelpAfterError('(options of the system are set with --set NAME=VALUE; add --help for the flags)')
    .action(train)
}

async function train(name: string | undefined, given: TrainFlags): Promise<void> {
  const stated = projectOf(given)
  const wanted = name ?? stated.system
  const named = wanted === undefined ? undefined : await systemOf(wanted)
  const input = withDataOfRun({ flags: given, project: stated })
  const { flags, project } = input
  const places = { system: named, '--data': namedData(input), out: flags.out ?? project.out }
  const { system, '--data': recordings, out } = allNamed(places)
  refuseAmong(recordings, out, 'the run', 'runs')
  const options = systemOptions(system, flags, project)
  const progress = createProgress({ mode: flags.json ? 'json' : flags.quiet ? 'quiet' : 'auto' })
  const dataset = openData(flags.data, flags, progress, project)
  const data = dataRecord(input)
  const finished = await untilInterrupted(
    (signal) => runSystem(system, options, dataset, { ...flags, out, data, progress, signal }),
    () => progress.warn('interrupted; the same command goes on from the last complete epoch'),
  )
  if (!finished) return
  const { folder, report } = finished
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ event: 'result', run: folder, result: report.result })}\n`)
    return
  }
  process.stdout.write(`${renderSummary({ title: report.name, runs: [report] })}\n\nreport: ${folder}/report.html\n`)
}
