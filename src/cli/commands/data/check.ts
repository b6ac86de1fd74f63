import type { Command } from 'commander'
import { findingsOf } from '../../../data/checks/dataset-findings.ts'
import { formatFindings } from '../../../data/checks/findings.ts'
import type { ClassChoice } from '../../../data/classes/class-choice.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { withClasses } from '../../class-flag.ts'
import { type DataFlags, openData, projectOf, withDataSource } from '../../data-source.ts'
import { wholeNumberFrom } from '../../number-flags.ts'

interface CheckFlags extends DataFlags {
  readonly split?: string
  readonly classes?: ClassChoice
  readonly seed: number
  readonly persons: number
  readonly json?: boolean
}

/** `ossature data check PATH`. The exit code is 1 when there are errors. */
export function addCheckCommand(data: Command): void {
  withClasses(
    withDataSource(
      data
        .command('check')
        .description('look for what would silently ruin a training, and say how to mend it')
        .argument('[path]', 'recordings: a zip, a folder or a clip store'),
    ),
  )
    .option('--split <name>', 'also look at a division: one of the data, a protocol (sbu:1) or folds:performer:1/5')
    .option('--seed <number>', 'seed of folds', wholeNumberFrom(0), 0)
    .option('--persons <number>', 'persons that a clip may have', wholeNumberFrom(1), 2)
    .option('--json', 'print JSON instead of text')
    .action(check)
}

function check(path: string | undefined, flags: CheckFlags): void {
  const { seed, persons, json } = flags
  const project = projectOf(flags)
  const { split = project.protocol, classes = project.classes } = flags
  const progress = createProgress({ mode: json ? 'quiet' : 'auto' })
  const dataset = openData(path, flags, progress, project)
  progress.begin('check', dataset.entries.length, 'clips')
  const findings = findingsOf(dataset, { split, seed, classes, persons, onClip: (done) => progress.update(done) })
  progress.end()
  process.stdout.write(`${json ? JSON.stringify({ name: dataset.name, findings }) : formatFindings(findings)}\n`)
  if (findings.some(({ severity }) => severity === 'error')) process.exitCode = 1
}
