import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { ClipMeta } from '../clip.ts'
import type { ClipEntry } from '../dataset.ts'
import type { Split } from './split.ts'

/**
 * k-fold cross-validation by performer: nobody is in the training and the test part of one fold. The performers with most
 * clips are placed first, each into the fold with fewest clips, so that folds are of about one size.
 *
 * @param folds 2 to the number of performers (then: leave one performer out)
 * @param stream decides among performers with equally many clips; without it, the lower number comes first
 * @throws OssatureError when a clip has no performer or there are fewer performers than folds
 */
export function splitByPerformer(entries: readonly ClipEntry[], folds: number, stream?: RandomStream): Split[] {
  return splitByField(entries, 'performer', folds, stream)
}

/** As `splitByPerformer`, for another part of a clip's origin, for example its set-up. @throws OssatureError */
export function splitByField(
  entries: readonly ClipEntry[],
  field: keyof ClipMeta,
  folds: number,
  stream?: RandomStream,
): Split[] {
  const clips = clipsByField(entries, field)
  if (!Number.isInteger(folds) || folds < 2 || folds > clips.size) {
    const expected = `2 to ${clips.size}, the number of ${field}s`
    throw new OssatureError('the number of folds does not fit', { expected, found: `${folds}` })
  }
  const values = [...clips.keys()].sort((a, b) => a - b)
  stream?.shuffle(values)
  values.sort((a, b) => clips.get(b)!.length - clips.get(a)!.length)
  const tests: number[][] = Array.from({ length: folds }, () => [])
  for (const value of values) {
    const smallest = tests.reduce((least, test) => (test.length < least.length ? test : least))
    for (const index of clips.get(value)!) smallest.push(index)
  }
  return tests.map((test) => restTrains(entries, test))
}

/**
 * The clips of one performer (camera, set-up, ...) test, all others train.
 * @throws OssatureError when a clip lacks the field, or no clip or every clip has this value
 */
export function leaveOut(entries: readonly ClipEntry[], field: keyof ClipMeta, value: number): Split {
  const clips = clipsByField(entries, field)
  const test = clips.get(value)
  if (test && clips.size > 1) return restTrains(entries, test)
  throw new OssatureError(`${field} ${value} cannot be left out`, {
    expected: `one of at least two: ${[...clips.keys()].sort((a, b) => a - b).join(', ')}`,
    found: `${value}`,
  })
}

/**
 * k-fold cross-validation over clips, whoever performs them: each class is dealt to the folds in turn, so that all folds
 * have about the same share of it. People and sessions then stand in both parts; prefer `splitByField` where they are
 * known.
 *
 * @throws OssatureError when there are fewer clips than folds
 */
export function splitByClip(entries: readonly ClipEntry[], folds: number, stream?: RandomStream): Split[] {
  if (!Number.isInteger(folds) || folds < 2 || folds > entries.length) {
    const expected = `2 to ${entries.length}, the number of clips`
    throw new OssatureError('the number of folds does not fit', { expected, found: `${folds}` })
  }
  const order = [...entries.keys()]
  stream?.shuffle(order)
  order.sort((a, b) => entries[a].label - entries[b].label)
  const tests: number[][] = Array.from({ length: folds }, () => [])
  for (const [place, index] of order.entries()) tests[place % folds].push(index)
  return tests.map((test) => restTrains(entries, test))
}

function clipsByField(entries: readonly ClipEntry[], field: keyof ClipMeta): Map<number, number[]> {
  const clips = new Map<number, number[]>()
  for (const [index, { id, meta }] of entries.entries()) {
    const value = meta[field]
    if (value === undefined) throw unstated(field, id)
    const own = clips.get(value)
    if (own) own.push(index)
    else clips.set(value, [index])
  }
  return clips
}

function unstated(field: keyof ClipMeta, id: string): OssatureError {
  return new OssatureError(`the clip has no ${field}`, {
    where: `clip ${id}`,
    hint: `The column ${field} of labels.csv tells it for recordings of your own; import them again into a clip store.`,
  })
}

function restTrains(entries: readonly ClipEntry[], test: readonly number[]): Split {
  const held = new Set(test)
  return { train: [...entries.keys()].filter((index) => !held.has(index)), test: [...test].sort((a, b) => a - b) }
}
