import { type Command, InvalidArgumentError } from 'commander'
import type { ClassChoice } from '../../../data/classes/class-choice.ts'
import { countsOf } from '../../../data/classes/class-counts.ts'
import type { Dataset } from '../../../data/dataset.ts'
import { readCounts } from '../../../data/sampling/counts-file.ts'
import { classCounts } from '../../../data/sampling/long-tail.ts'
import { cutTraining } from '../../../data/sampling/training-cuts.ts'
import { divideByName } from '../../../data/splits/by-name.ts'
import { listOfDivision } from '../../../data/splits/division-list.ts'
import { formatListFile } from '../../../data/splits/list-file.ts'
import { OssatureError } from '../../../errors.ts'
import { writeFileAtomically } from '../../../files/atomic-write.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { withClasses } from '../../class-flag.ts'
import { type DataFlags, openData, projectOf, withDataSource } from '../../data-source.ts'
import { cutText } from '../../division-text.ts'
import { refuseIdle } from '../../idle-flags.ts'
import { numberFrom, wholeNumberFrom } from '../../number-flags.ts'
import { listHint, requiredProtocol } from './split.ts'

type Profile = 'exp' | 'step'

interface CutFlags extends DataFlags {
  readonly protocol?: string
  readonly classes?: ClassChoice
  readonly imbalance?: number
  readonly profile?: Profile
  readonly largest?: number
  readonly counts?: string
  readonly shots?: number
  readonly share?: number
  readonly seed: number
  readonly out?: string
  readonly json?: boolean
}

/** `ossature data cut SOURCE`. */
export function addCutCommand(data: Command): void {
  withClasses(
    withDataSource(
      data
        .command('cut')
        .description('cut the training clips of a division to a long tail, to few shots or to a share')
        .argument('[source]', 'recordings: a zip, a folder or a clip store'),
    ),
  )
    .option('--protocol <name>', 'the division, see `ossature data split SOURCE --list`')
    .option('--imbalance <number>', 'long tail with this ratio of largest to smallest class', numberFrom(1))
    .option('--profile <name>', 'of the long tail: exp (default) falls exponentially, step has two sizes', profileNamed)
    .option(
      '--largest <number>',
      'clips of the largest class of the long tail; by default all of it',
      wholeNumberFrom(1),
    )
    .option('--counts <file>', 'as many clips of each class as a file says: numbers in class order, or YAML by name')
    .option('--shots <number>', 'this many clips of each class', wholeNumberFrom(1))
    .option('--share <number>', 'this share of the clips of each class, such as 0.1', numberFrom(0))
    .option('--seed <number>', 'seed of the cut and of folds; 0 as published', wholeNumberFrom(0), 0)
    .option('--out <file>', 'list to write, .yaml or .json; for --set protocol=list:FILE')
    .option('--json', 'print JSON instead of text')
    .action(cut)
}

function profileNamed(text: string): Profile {
  if (text === 'exp' || text === 'step') return text
  throw new InvalidArgumentError('exp or step')
}

function cut(source: string | undefined, flags: CutFlags): void {
  requireOneCut(flags)
  const project = projectOf(flags)
  const progress = createProgress({ mode: flags.json ? 'quiet' : 'auto' })
  const recorded = openData(source, flags, progress, project)
  const { classes: chosen = project.classes, seed, out, json } = flags
  const protocol = requiredProtocol(flags.protocol ?? project.protocol)
  const division = divideByName(recorded, protocol, { seed, classes: chosen })
  const { dataset } = division
  const before = countsOf(dataset, division.train)
  const { name, wanted } = cutNamed(flags, dataset, before)
  const train = cutTraining(dataset, division.train, name, seed)
  const after = countsOf(dataset, train)
  const classes = dataset.classes.map((title, label) => ({ name: title, before: before[label], after: after[label] }))
  const warnings = warningsOf(dataset, before, after, wanted)
  if (out !== undefined) {
    const list = listOfDivision({ ...division, train }, { protocol, seed, cut: name })
    writeFileAtomically(out, formatListFile(list, out))
  }
  const imbalance = Math.max(...after) / Math.min(...after)
  if (json) {
    const sizes = {
      train: train.length,
      test: division.test.length,
      imbalance: Number.isFinite(imbalance) ? imbalance : null,
    }
    const result = { name: dataset.name, protocol, cut: name, seed, ...sizes, classes, warnings, out: out ?? null }
    process.stdout.write(`${JSON.stringify(result)}\n`)
    return
  }
  const ratio = Number.isFinite(imbalance)
    ? `largest class ${imbalance.toFixed(1)} times the smallest`
    : 'a class without clips'
  const shown = flags.counts === undefined ? name : `counts of ${flags.counts}`
  const title = `${dataset.name}, ${protocol}, ${shown}: ${train.length} of ${division.train.length} training clips, ${ratio}; ${division.test.length} test clips`
  const notes = warnings.length > 0 ? [warnings.map((text) => `warning: ${text}`).join('\n')] : []
  // A data set may be cut by default: the list says all, so nothing is cut further.
  process.stdout.write(`${[title, cutText(classes), ...notes, ...listHint(out, ' --set imbalance=1')].join('\n\n')}\n`)
}

function requireOneCut({ imbalance, profile, largest, counts, shots, share }: CutFlags): void {
  if (imbalance === undefined) refuseIdle('without --imbalance', { '--profile': profile, '--largest': largest })
  const all = { '--imbalance': imbalance, '--counts': counts, '--shots': shots, '--share': share }
  const given = Object.entries(all).filter(([, value]) => value !== undefined)
  if (given.length === 1) return
  throw new OssatureError(given.length > 1 ? 'there is more than one cut' : 'there is no cut to make', {
    expected: `one of ${Object.keys(all).join(', ')}`,
    found: given.map(([flag]) => flag).join(', ') || 'none',
  })
}

/** The cut as `cutTraining` takes it, and the clips per class that a long tail asks for. */
function cutNamed(
  { imbalance, profile = 'exp', largest: given, counts, shots, share }: CutFlags,
  { classes }: Dataset,
  before: readonly number[],
): { name: string; wanted?: number[] } {
  if (counts !== undefined) return { name: `counts:${readCounts(counts, classes).join(',')}` }
  if (shots !== undefined) return { name: `few-shot:${shots}` }
  if (imbalance === undefined) return { name: `share:${share}` }
  const largest = given ?? Math.max(...before)
  const wanted = classCounts({ profile, classes: classes.length, largest, factor: 1 / imbalance })
  return { name: `long-tail:${profile},${largest},${imbalance}`, wanted }
}

function warningsOf(
  { classes }: Dataset,
  before: readonly number[],
  after: readonly number[],
  wanted?: readonly number[],
): string[] {
  const named = (labels: readonly number[]) => labels.map((label) => classes[label]).join(', ')
  const labels = [...classes.keys()]
  const short = labels.filter((label) => wanted && before[label] < wanted[label])
  const emptied = labels.filter((label) => after[label] === 0 && before[label] > 0)
  return [
    ...(short.length > 0 ? [`fewer training clips than the long tail asks for: ${named(short)}`] : []),
    ...(emptied.length > 0 ? [`no training clip is left of ${named(emptied)}`] : []),
  ]
}
