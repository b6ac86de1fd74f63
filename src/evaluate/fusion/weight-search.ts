import { OssatureError } from '../../errors.ts'
import { checkLabels, ranksAbove, type Scores } from '../scores/scores.ts'

export interface WeightSearch {
  /** In steps of 1 / `steps`, sum 1. */
  readonly weights: readonly number[]
  /** Top-1 accuracy with them on the clips of the search, in [0, 1]. */
  readonly top1: number
  /** How many weightings were tried. */
  readonly tried: number
}

/** Products that a search may add up: minutes of work. */
const MOST = 1e11

/**
 * The weights, out of all in steps of 1 / `steps` that sum to 1, with the highest top-1 accuracy of the weighted sum of
 * streams. Of equally good ones the most even (smallest sum of squares), then the one that favours earlier streams.
 * @param labels of the clips to search on; never the test clips that the result is then reported on
 * @throws OssatureError when streams and labels do not fit each other or the search would take too long
 */
export function searchWeights(streams: readonly Scores[], labels: ArrayLike<number>, steps = 10): WeightSearch {
  if (streams.length === 0) throw new OssatureError('fusion needs at least one stream')
  const [{ samples, classes }] = streams
  for (const [index, stream] of streams.entries()) {
    if (stream.samples !== samples || stream.classes !== classes)
      throw new OssatureError('the streams have scores of different samples or classes', { where: `stream ${index}` })
    checkLabels(stream, labels)
  }
  if (samples === 0) throw new OssatureError('a search of weights needs at least one clip')
  if (steps < 1) throw new OssatureError('a search of weights needs at least one step', { found: `${steps}` })
  const total = compositionCount(steps, streams.length)
  requireBounded(streams, steps)
  let best: number[] = []
  let bestHits = -1
  for (const parts of compositions(steps, streams.length)) {
    const hits = hitsOf(streams, parts, labels)
    if (hits > bestHits || (hits === bestHits && squares(parts) < squares(best))) {
      best = parts
      bestHits = hits
    }
  }
  return { weights: best.map((part) => part / steps), top1: bestHits / samples, tried: total }
}

function requireBounded(streams: readonly Scores[], steps: number): void {
  const [{ samples, classes }] = streams
  const products = (taken: number) => compositionCount(taken, streams.length) * streams.length * samples * classes
  if (products(steps) <= MOST) return
  let fitting = 0
  while (products(fitting + 1) <= MOST) fitting++
  const weightings = `${compositionCount(steps, streams.length)} weightings of ${streams.length} streams`
  throw new OssatureError('the search of weights would take too long', {
    expected: `at most ${MOST.toExponential(0)} products`,
    found: `${products(steps).toExponential(1)}: ${weightings} in ${steps} steps, for ${samples} clips of ${classes} classes`,
    hint: fitting > 0 ? `Lower the steps to ${fitting}.` : 'Search on fewer clips, or fuse fewer streams.',
  })
}

/** Ways to write `total` as an ordered sum of `parts` whole numbers from 0; larger first parts come first. */
function* compositions(total: number, parts: number): Generator<number[]> {
  if (parts === 1) {
    yield [total]
    return
  }
  for (let first = total; first >= 0; first--)
    for (const rest of compositions(total - first, parts - 1)) yield [first, ...rest]
}

/** Their number, C(total + parts - 1, parts - 1). */
function compositionCount(total: number, parts: number): number {
  let count = 1
  for (let i = 1; i < parts; i++) count = (count * (total + i)) / i
  return Math.round(count)
}

function squares(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part * part, 0)
}

/** Clips whose label has the highest sum, by the rule of `predictions`. */
function hitsOf(streams: readonly Scores[], parts: readonly number[], labels: ArrayLike<number>): number {
  const [{ samples, classes }] = streams
  let hits = 0
  for (let n = 0; n < samples; n++) {
    let best = 0
    let highest = 0
    for (let k = 0; k < classes; k++) {
      let sum = 0
      for (let s = 0; s < streams.length; s++) if (parts[s] > 0) sum += parts[s] * streams[s].data[n * classes + k]
      if (k === 0 || ranksAbove(sum, highest)) {
        highest = sum
        best = k
      }
    }
    if (best === labels[n]) hits++
  }
  return hits
}
