import { checkDataset, checkEntries, checkSplit } from '../../data/checks/check-for-training.ts'
import { chooseClasses, chooseClassesOf } from '../../data/classes/class-choice.ts'
import { countsOf } from '../../data/classes/class-counts.ts'
import { clipPerPerson } from '../../data/clip-per-person.ts'
import type { Dataset } from '../../data/dataset.ts'
import { cutTraining } from '../../data/sampling/training-cuts.ts'
import { divideByName } from '../../data/splits/by-name.ts'
import type { Split } from '../../data/splits/split.ts'
import { OssatureError } from '../../errors.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { ProblemOptions } from './options.ts'

/** Which clips a classifier is trained and tested on. */
export interface ClassificationProblem {
  readonly dataset: Dataset
  /** Indices of training clips, after the cut. */
  readonly train: readonly number[]
  readonly test: readonly number[]
  /** Training clips per class. */
  readonly trainCounts: readonly number[]
  /** Training clips of the largest class, before rounding. */
  readonly largest: number
  /** How many clips would train without the cut; absent where nothing was cut. */
  readonly uncut?: number
}

/** Divisions and cuts that a data set is published with, by its name. */
const PUBLISHED: Readonly<Record<string, { protocol: string; imbalance: number }>> = {
  'nw-ucla': { protocol: 'nw-ucla', imbalance: 10 },
}

/** Whether the options or the data set say how the clips are divided. */
export function isDivided({ name }: Dataset, { protocol }: ProblemOptions): boolean {
  return protocol !== undefined || Object.hasOwn(PUBLISHED, name)
}

/** The problem of a data set that nobody divides: every clip trains. @throws OssatureError for an unknown class */
export function undividedProblem(recorded: Dataset, { classes }: Partial<ProblemOptions> = {}): ClassificationProblem {
  const dataset = classes === undefined ? recorded : chooseClasses(recorded, classes)
  const train = [...dataset.entries.keys()]
  const trainCounts = countsOf(dataset, train)
  return { dataset, train, test: [], trainCounts, largest: Math.max(...trainCounts) }
}

/**
 * The problem that the options cut out of a data set.
 * @param recorded what was read; the options, or a protocol about other classes, choose among its classes
 * @param split the data set's own division, where it has one
 * @throws OssatureError when no protocol is known, or the data would ruin the training
 */
export function classificationProblem(
  recorded: Dataset,
  options: ProblemOptions,
  split?: Split,
): ClassificationProblem {
  checkLayout(recorded)
  checkEntries(recorded)
  const published = PUBLISHED[recorded.name]
  const protocol = options.protocol ?? published?.protocol
  if (!split && !protocol) {
    throw new OssatureError('there is no known way to divide this data set', {
      where: recorded.name,
      hint: 'Name one with --set protocol=NAME, for example folds:performer:1/5.',
    })
  }
  const { cutSeed: seed, classes } = options
  const given = split && { dataset: recorded, ...split, crossSubject: false }
  const division = given ?? divideByName(recorded, protocol!, { seed })
  const { dataset, ...divided } = classes === undefined ? division : chooseClassesOf(division, classes)
  checkDataset(dataset)
  checkSplit(dataset, divided)
  const whole = protocol === published?.protocol && classes === undefined
  const imbalance = imbalanceOf(options, whole ? published?.imbalance : undefined)
  const cuts = cutNames(options, imbalance)
  const cut = (clips: readonly number[], name: string) => cutTraining(dataset, clips, name, seed)
  const train = cuts.reduce(cut, divided.train)
  const trainCounts = countsOf(dataset, train)
  const emptied = trainCounts.indexOf(0)
  if (emptied >= 0) {
    throw new OssatureError('the long-tailed cut leaves a class without training clips', {
      where: dataset.name,
      found: `none of '${dataset.classes[emptied]}' at imbalance ${imbalance}`,
      hint: 'Choose a smaller imbalance, or a larger size of the largest class.',
    })
  }
  const largest = imbalance > 1 && options.share === undefined ? options.largest : Math.max(...trainCounts)
  const uncut = cuts.length > 0 ? { uncut: divided.train.length } : {}
  const problem = { dataset, train, test: divided.test, trainCounts, largest, ...uncut }
  return options.perPerson ? personsApart(problem) : problem
}

/** The same problem with a clip for each person of a clip. */
function personsApart(problem: ClassificationProblem): ClassificationProblem {
  const { dataset, clipsOf } = clipPerPerson(problem.dataset)
  const [train, test] = [problem.train, problem.test].map((part) => part.flatMap((index) => clipsOf[index]))
  const trainCounts = countsOf(dataset, train)
  return { dataset, train, test, trainCounts, largest: Math.max(problem.largest, ...trainCounts) }
}

/** The layout must be a known one and have the joints and, at least, the dimensions of the clips. */
function checkLayout({ name, layout, joints, channels }: Dataset): void {
  const expected = layoutByName(layout)
  if (joints === expected.joints.length && channels >= expected.dimensions) return
  throw new OssatureError('the clips do not fit their skeleton layout', {
    where: name,
    expected: `${expected.joints.length} joints in ${expected.dimensions} dimensions, layout ${layout}`,
    found: `${joints} joints with ${channels} coordinates`,
  })
}

/** Another cut takes the place of the one that a data set is published with. */
function imbalanceOf({ imbalance, counts, shots, share }: ProblemOptions, published = 1): number {
  return imbalance ?? ([counts, shots, share].every((cut) => cut === undefined) ? published : 1)
}

/**
 * The cuts to make one after the other, as `cutTraining` takes them. In a long tail class 0 keeps the most clips: the
 * order of the classes is that of their labels (BRL, "long-tailed sets").
 */
function cutNames({ largest, profile, counts, shots, share }: ProblemOptions, imbalance: number): string[] {
  const sizes = {
    ...(imbalance > 1 && { imbalance: `long-tail:${profile},${largest},${imbalance}` }),
    ...(counts !== undefined && { counts: `counts:${counts.join(',')}` }),
    ...(shots !== undefined && { shots: `few-shot:${shots}` }),
  }
  if (Object.keys(sizes).length > 1 || (share !== undefined && (counts ?? shots) !== undefined)) {
    throw new OssatureError('the options ask for cuts that exclude each other', {
      expected: 'one of imbalance, counts and shots, or a share of all clips or of a long tail',
      found: [...Object.keys(sizes), ...(share === undefined ? [] : ['share'])].join(' and '),
      hint: 'Leave one of them out.',
    })
  }
  return [...Object.values(sizes), ...(share === undefined ? [] : [`share:${share}`])]
}
