import type { Command } from 'commander'
import { renderAttackSummary } from '../../attack/report/attack-summary.ts'
import type { AttackOptions } from '../../systems/attack-options.ts'
import { attackNamed } from '../../systems/attacks.ts'
import { runAttack } from '../../systems/run-attack.ts'
import { createProgress } from '../../train/progress/progress-reporters.ts'
import { refuseAmong } from '../among-recordings.ts'
import { allNamed, collect, openData, projectOf, withDataSource } from '../data-source.ts'
import { untilInterrupted } from '../interruption.ts'
import { dataRecord, namedData, type RunFlags, withDataOfRun } from '../run-data.ts'
import { systemOptions } from '../system-options.ts'

interface AttackFlags extends RunFlags {
  readonly victims: string
  readonly from?: string
  readonly set: string[]
  readonly asReleased?: boolean
  readonly force?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

/** `ossature attack NAME --victims RUN,RUN --data PATH --out DIR`. */
export function addAttackCommand(root: Command): void {
  withDataSource(
    root
      .command('attack')
      .description('attack test clips and show what that does to trained classifiers')
      .argument('<attack>', 'name of the attack, see `ossature systems`')
      .requiredOption('--victims <runs>', 'folders of finished runs, separated by commas')
      .option('--data <path>', 'recordings: a zip, a folder or a clip store')
      .option('--out <folder>', 'folder of the run; an interrupted run in it goes on'),
  )
    .option(
      '--from <weights>',
      'start the pre-training from the weights of a run or of a file; what fits is taken over',
    )
    .option(
      '--set <name=value>',
      'set an option of the attack (repeatable), see `ossature systems ATTACK`',
      collect,
      [],
    )
    .option('--options <file>', 'YAML file of options; --set wins over it')
    .option('--as-released', 'repeat the released code where it departs from the publication')
    .option('--force', 'start over if the folder holds a run')
    .option('--resume', 'pre-train a finished run further, with more epochs, and attack anew')
    .option('--json', 'print JSON lines instead of text')
    .option('--quiet', 'print nothing but the result')
    .action(attack)
}

async function attack(name: string, given: AttackFlags): Promise<void> {
  const chosen = attackNamed(name)
  // The folder of a project file is that of its system's run.
  const { out: _, ...stated } = projectOf(given)
  const input = withDataOfRun({ flags: given, project: stated })
  const { flags, project } = input
  const { '--data': recordings, out } = allNamed({ '--data': namedData(input), out: flags.out })
  refuseAmong(recordings, out, 'the run', 'runs')
  // Options of a project file are those of its system.
  const { protocol, classes } = project
  const options = systemOptions<AttackOptions>(chosen, flags, { protocol, classes })
  const victims = flags.victims.split(',').filter((path) => path !== '')
  const progress = createProgress({ mode: flags.json ? 'json' : flags.quiet ? 'quiet' : 'auto' })
  const dataset = openData(flags.data, flags, progress, project)
  const data = dataRecord(input)
  const finished = await untilInterrupted(
    (signal) => runAttack(chosen, options, dataset, victims, { ...flags, out, data, progress, signal }),
    () => progress.warn('interrupted; the same command goes on where it stopped'),
  )
  if (!finished) return
  const { folder, result } = finished
  const text = flags.json
    ? JSON.stringify({ event: 'result', run: folder, result })
    : `${renderAttackSummary(result)}\n\nreport: ${folder}/report.html`
  process.stdout.write(`${text}\n`)
}
