import { OssatureError } from '../../errors.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import { LegacyGenerator } from '../../random/legacy-generator.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Dataset } from '../dataset.ts'
import { classCounts, selectLongTail } from './long-tail.ts'

/** Ways to train on fewer clips; a name and what follows its colon. */
export const TRAINING_CUTS: Readonly<Record<string, string>> = {
  'few-shot:K': 'K clips of each class',
  'share:S': 'a share of the clips of each class, above 0 and at most 1',
  'long-tail:exp,LARGEST,IMBALANCE': 'class sizes that fall exponentially from LARGEST to LARGEST / IMBALANCE',
  'long-tail:step,LARGEST,IMBALANCE':
    'LARGEST clips of the first half of the classes, LARGEST / IMBALANCE of the second',
  'counts:N,N,...': 'as many clips as given for each class, in class order',
}

type Labelled = Pick<Dataset, 'name' | 'classes' | 'entries'>

/**
 * The training clips that a cut keeps: a function of the data set, the cut and the seed. Long tails are drawn with NumPy's
 * legacy generator, as the published ones were.
 *
 * @param train indices of the training clips
 * @throws OssatureError for an unknown cut, numbers out of range, a class with fewer clips than `few-shot` or `counts` ask
 * for, or a cut that leaves nothing
 */
export function cutTraining(dataset: Labelled, train: readonly number[], cut: string, seed = 0): number[] {
  const kept = keptBy(dataset, train, cut, seed)
  if (kept.length > 0) return kept
  throw new OssatureError('the cut leaves no training clips', { where: dataset.name, found: `'${cut}'` })
}

function keptBy(dataset: Labelled, train: readonly number[], cut: string, seed: number): number[] {
  const [kind, ...rest] = cut.split(':')
  const values = rest.join(':').split(',')
  const stream = new CounterStream(seed).fork('cut')
  const numbers = values.map(Number)
  if (kind === 'few-shot' && values.length === 1) return fewShot(dataset, train, numbers[0], stream)
  if (kind === 'share' && values.length === 1) return limitedShare(dataset, train, numbers[0], stream)
  if (kind === 'counts') return chosenCounts(dataset, train, numbers, stream)
  if (kind === 'long-tail' && values.length === 3 && (values[0] === 'exp' || values[0] === 'step')) {
    const profile = values[0]
    const [, largest, imbalance] = numbers
    requireNumber(imbalance >= 1, 'the imbalance is wrong', 'a number from 1', values[2])
    const counts = classCounts({ profile, classes: dataset.classes.length, largest, factor: 1 / imbalance })
    const labels = train.map((index) => dataset.entries[index].label)
    return selectLongTail(labels, counts, new LegacyGenerator(seed)).map((place) => train[place])
  }
  throw new OssatureError('there is no such cut', {
    expected: Object.keys(TRAINING_CUTS).join(', '),
    found: `'${cut}'`,
  })
}

function requireNumber(fits: boolean, what: string, expected: string, found: number | string): void {
  if (!fits) throw new OssatureError(what, { expected, found: `${found}` })
}

/**
 * `shots` clips of each class, drawn without replacement.
 * @throws OssatureError when `shots` is no whole number from 1, or a class has fewer
 */
export function fewShot(dataset: Labelled, train: readonly number[], shots: number, stream: RandomStream): number[] {
  requireNumber(Number.isInteger(shots) && shots >= 1, 'the number of shots is wrong', 'a whole number from 1', shots)
  return chosenCounts(dataset, train, new Array<number>(dataset.classes.length).fill(shots), stream)
}

/** A share of the clips of each class, rounded, at least one. @throws OssatureError when the share is not in (0, 1] */
export function limitedShare(
  dataset: Labelled,
  train: readonly number[],
  share: number,
  stream: RandomStream,
): number[] {
  requireNumber(share > 0 && share <= 1, 'the share is wrong', 'a number above 0, at most 1', share)
  const counts = byClass(dataset, train).map((own) => Math.min(own.length, Math.max(1, Math.round(share * own.length))))
  return chosenCounts(dataset, train, counts, stream)
}

/**
 * As many clips of each class as given, in the order of `train`. Each class is drawn from a stream of its own: a cut with
 * smaller counts is part of one with larger counts.
 *
 * @throws OssatureError when the counts do not fit the classes, or a class has fewer clips
 */
export function chosenCounts(
  { name, classes, entries }: Labelled,
  train: readonly number[],
  counts: readonly number[],
  stream: RandomStream,
): number[] {
  if (counts.length !== classes.length || counts.some((count) => !Number.isInteger(count) || count < 0)) {
    throw new OssatureError('the numbers of clips do not fit the classes', {
      where: name,
      expected: `${classes.length} whole numbers from 0, one per class`,
      found: counts.join(', '),
    })
  }
  const kept = new Set<number>()
  for (const [label, own] of byClass({ name, classes, entries }, train).entries()) {
    if (own.length < counts[label]) {
      throw new OssatureError('a class has too few training clips', {
        where: `${name}, class '${classes[label]}'`,
        expected: `at least ${counts[label]}`,
        found: `${own.length}`,
        hint: 'Choose a smaller number, or leave the class out.',
      })
    }
    for (const index of stream
      .fork(label)
      .shuffle([...own])
      .slice(0, counts[label]))
      kept.add(index)
  }
  return train.filter((index) => kept.has(index))
}

function byClass({ classes, entries }: Labelled, train: readonly number[]): number[][] {
  const clips = classes.map((): number[] => [])
  for (const index of train) clips[entries[index].label].push(index)
  return clips
}
