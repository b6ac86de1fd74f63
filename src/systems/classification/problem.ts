import { checkDataset, checkSplit } from '../../data/checks.ts'
import type { Dataset } from '../../data/dataset.ts'
import { classCounts, selectLongTail } from '../../data/long-tail.ts'
import type { Split } from '../../data/split.ts'
import { divideByName } from '../../data/splits-by-name.ts'
import { OssatureError } from '../../errors.ts'
import { LegacyGenerator } from '../../random/legacy-generator.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { ClassificationOptions } from './options.ts'

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
}

/** Divisions and cuts that a data set is published with, by its name. */
const PUBLISHED: Readonly<Record<string, { protocol: string; imbalance: number }>> = {
  'nw-ucla': { protocol: 'nw-ucla', imbalance: 10 },
}

/**
 * The problem that the options cut out of a data set.
 * @param recorded what was read; a protocol about other classes gives it those
 * @param split the data set's own division, where it has one
 * @throws OssatureError when no protocol is known, or the data would ruin the training
 */
export function classificationProblem(
  recorded: Dataset,
  options: ClassificationOptions,
  split?: Split,
): ClassificationProblem {
  checkLayout(recorded)
  checkDataset(recorded)
  const published = PUBLISHED[recorded.name]
  const protocol = options.protocol ?? published?.protocol
  if (!split && !protocol) {
    throw new OssatureError('there is no known way to divide this data set', {
      where: recorded.name,
      hint: 'Name one with --set protocol=NAME, for example folds:performer:1/5.',
    })
  }
  const { dataset, ...divided } = split
    ? { dataset: recorded, ...split }
    : divideByName(recorded, protocol!, { seed: options.cutSeed })
  checkSplit(dataset, divided)
  const imbalance = options.imbalance ?? published?.imbalance ?? 1
  const train = imbalance === 1 ? divided.train : longTail(dataset, divided.train, imbalance, options)
  const trainCounts = countsOf(dataset, train)
  const emptied = trainCounts.indexOf(0)
  if (emptied >= 0) {
    throw new OssatureError('the long-tailed cut leaves a class without training clips', {
      where: dataset.name,
      found: `none of '${dataset.classes[emptied]}' at imbalance ${imbalance}`,
      hint: 'Choose a smaller imbalance, or a larger size of the largest class.',
    })
  }
  const largest = imbalance === 1 ? Math.max(...trainCounts) : options.largest
  return { dataset, train, test: divided.test, trainCounts, largest }
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

/** Class 0 keeps the most clips: the order of the classes is that of their labels (BRL, "long-tailed sets"). */
function longTail(
  dataset: Dataset,
  train: readonly number[],
  imbalance: number,
  options: ClassificationOptions,
): number[] {
  const { largest, cutSeed } = options
  const counts = classCounts({ profile: 'exp', classes: dataset.classes.length, largest, factor: 1 / imbalance })
  const labels = train.map((index) => dataset.entries[index].label)
  return selectLongTail(labels, counts, new LegacyGenerator(cutSeed)).map((position) => train[position])
}

/** Clips per class. */
export function countsOf(dataset: Dataset, indices: readonly number[]): number[] {
  const counts = new Array<number>(dataset.classes.length).fill(0)
  for (const index of indices) counts[dataset.entries[index].label]++
  return counts
}
