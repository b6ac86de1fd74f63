import type { Command } from 'commander'
import { formatFindings } from '../../../data/checks/findings.ts'
import { splitFindings } from '../../../data/checks/split-findings.ts'
import type { ClassChoice } from '../../../data/classes/class-choice.ts'
import { classGroupsFor } from '../../../data/classes/class-groups.ts'
import type { Dataset } from '../../../data/dataset.ts'
import { type AvailableSplit, availableSplits } from '../../../data/splits/available-splits.ts'
import { divideByName } from '../../../data/splits/by-name.ts'
import { listOfDivision } from '../../../data/splits/division-list.ts'
import { summarizeDivision } from '../../../data/splits/division-summary.ts'
import { formatListFile } from '../../../data/splits/list-file.ts'
import { OssatureError } from '../../../errors.ts'
import { writeFileAtomically } from '../../../files/atomic-write.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { withClasses } from '../../class-flag.ts'
import { type DataFlags, openData, projectOf, withDataSource } from '../../data-source.ts'
import { divisionText, namesText } from '../../division-text.ts'
import { refuseIdle } from '../../idle-flags.ts'
import { wholeNumberFrom } from '../../number-flags.ts'

interface SplitFlags extends DataFlags {
  readonly protocol?: string
  readonly classes?: ClassChoice
  readonly list?: boolean
  readonly seed: number
  readonly out?: string
  readonly json?: boolean
}

/** `ossature data split SOURCE`. */
export function addSplitCommand(data: Command): void {
  withClasses(
    withDataSource(
      data
        .command('split')
        .description('divide recordings into training and test clips, and write their names to a list')
        .argument('[source]', 'recordings: a zip, a folder or a clip store'),
    ),
  )
    .option('--protocol <name>', 'a protocol (sbu:1), a split of the data, folds:performer:1/5, ..., see --list')
    .option('--list', 'show the ways in which these data can be divided')
    .option('--seed <number>', 'seed of folds', wholeNumberFrom(0), 0)
    .option('--out <file>', 'list to write, .yaml or .json; for --set protocol=list:FILE')
    .option('--json', 'print JSON instead of text')
    .action(split)
}

function split(source: string | undefined, flags: SplitFlags): void {
  if (flags.list) {
    refuseIdle('beside --list', { '--protocol': flags.protocol, '--classes': flags.classes, '--out': flags.out })
  }
  const project = projectOf(flags)
  const progress = createProgress({ mode: flags.json ? 'quiet' : 'auto' })
  const dataset = openData(source, flags, progress, project)
  if (flags.list) {
    process.stdout.write(`${flags.json ? JSON.stringify(availableSplits(dataset)) : waysText(dataset)}\n`)
    return
  }
  const { classes = project.classes, seed, out, json } = flags
  const protocol = requiredProtocol(flags.protocol ?? project.protocol)
  const division = divideByName(dataset, protocol, { seed, classes })
  const summary = summarizeDivision(division)
  const findings = splitFindings(division.dataset, division, { crossSubject: division.crossSubject, protocol })
  const list = listOfDivision(division, { protocol, seed })
  if (out !== undefined) writeFileAtomically(out, formatListFile(list, out))
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ name: dataset.name, protocol, seed, ...summary, findings, out: out ?? null })}\n`,
    )
    return
  }
  const title = `${dataset.name}, ${protocol}: ${summary.train} clips train, ${summary.test} test`
  const problems = findings.length > 0 ? [formatFindings(findings)] : []
  process.stdout.write(`${[title, divisionText(summary), ...problems, ...listHint(out)].join('\n\n')}\n`)
}

/** @throws OssatureError when no protocol is named */
export function requiredProtocol(protocol: string | undefined): string {
  if (protocol !== undefined) return protocol
  throw new OssatureError('there is no division to take', {
    expected: '--protocol NAME',
    hint: '`ossature data split SOURCE --list` shows the ways in which the data can be divided.',
  })
}

/** How a list is used, as lines of the output. */
export function listHint(out: string | undefined, settings = ''): string[] {
  return out === undefined ? [] : [`list: ${out}\ntrain with it: --set protocol=list:${out}${settings}`]
}

function waysText(dataset: Dataset): string {
  const ways = availableSplits(dataset)
  const ofKind = (...kinds: AvailableSplit['kind'][]) => ways.filter(({ kind }) => kinds.includes(kind))
  const groups = classGroupsFor(dataset)
  const block = (title: string, rows: readonly AvailableSplit[]) =>
    rows.length > 0 ? [`${title}\n${namesText(rows)}`] : []
  const elsewhere = ofKind('elsewhere').map(({ name }) => name)
  return [
    ...block(`for ${dataset.name}`, ofKind('own', 'published')),
    ...block('for any data', ofKind('general')),
    ...(groups.length > 0 ? [`published choices of classes, for --classes\n${namesText(groups)}`] : []),
    ...(elsewhere.length > 0 ? [`made for other data, but these fit as well\n  ${elsewhere.join(', ')}`] : []),
  ].join('\n\n')
}
