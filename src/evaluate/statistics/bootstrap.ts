import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'

/** A value with its confidence interval. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** An estimate of a difference, and how unlikely it is to be none. */
export interface DifferenceEstimate extends Estimate {
  /** Two-sided: twice the share of resamples on the other side of zero, (1 + count) / (1 + resamples). */
  readonly pValue: number
}

export interface BootstrapSettings {
  /** Default 2000. */
  readonly resamples?: number
  /** Default 0.95. */
  readonly confidence?: number
}

const CONFIDENCE = 0.95

/** Figures of a sample of clips, given as indices, one of which may occur several times. */
export type Statistic = (clips: ArrayLike<number>) => readonly number[]

/**
 * Percentile bootstrap (Efron 1979) over clips: every figure of the statistic with its confidence interval. All figures
 * see the same resamples. A resample in which a figure is no number is left out for that figure.
 * @param clips how many there are
 * @param stream drawn from, `clips * resamples` integers
 * @throws OssatureError without clips or resamples, or for a confidence outside (0, 1)
 */
export function bootstrap(
  clips: number,
  statistic: Statistic,
  stream: RandomStream,
  settings: BootstrapSettings = {},
): Estimate[] {
  const { values, drawn } = resample(clips, statistic, stream, settings)
  return values.map((value, index) => estimate(value, drawn[index], settings))
}

/**
 * As `bootstrap`, for figures that are differences of two runs on the same clips.
 * @throws OssatureError as `bootstrap`
 */
export function pairedBootstrap(
  clips: number,
  difference: Statistic,
  stream: RandomStream,
  settings: BootstrapSettings = {},
): DifferenceEstimate[] {
  const { values, drawn } = resample(clips, difference, stream, settings)
  return values.map((value, index) => {
    const own = drawn[index]
    const below = own.filter((one) => one <= 0).length
    const above = own.filter((one) => one >= 0).length
    const pValue = Math.min(1, (2 * (1 + Math.min(below, above))) / (1 + own.length))
    return { ...estimate(value, own, settings), pValue }
  })
}

function resample(
  clips: number,
  statistic: Statistic,
  stream: RandomStream,
  { resamples = 2000, confidence = CONFIDENCE }: BootstrapSettings,
): { values: readonly number[]; drawn: number[][] } {
  if (clips === 0) throw new OssatureError('a bootstrap needs at least one clip')
  if (!(resamples >= 1)) throw new OssatureError('a bootstrap needs at least one resample', { found: `${resamples}` })
  if (!(confidence > 0 && confidence < 1)) {
    throw new OssatureError('there is no interval of such a confidence', {
      expected: 'a number between 0 and 1',
      found: `${confidence}`,
    })
  }
  const picked = Int32Array.from({ length: clips }, (_, n) => n)
  const values = statistic(picked)
  const drawn: number[][] = values.map(() => [])
  for (let round = 0; round < resamples; round++) {
    for (let n = 0; n < clips; n++) picked[n] = stream.integer(0, clips)
    statistic(picked).forEach((value, index) => {
      if (!Number.isNaN(value)) drawn[index].push(value)
    })
  }
  return { values, drawn }
}

function estimate(value: number, drawn: readonly number[], { confidence = CONFIDENCE }: BootstrapSettings): Estimate {
  const sorted = Float64Array.from(drawn).sort()
  return { value, low: quantile(sorted, (1 - confidence) / 2), high: quantile(sorted, (1 + confidence) / 2) }
}

/** Linear between the order statistics (type 7 of Hyndman and Fan). */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]
  const high = sorted[Math.min(below + 1, sorted.length - 1)]
  return low + (place - below) * (high - low)
}

/** Shares of right clips: over all, and as the mean over the classes that occur in the sample. */
export function rightShares(
  right: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): (clips: ArrayLike<number>) => [top1: number, meanClass: number] {
  const total = new Float64Array(classes)
  const hits = new Float64Array(classes)
  return (clips) => {
    total.fill(0)
    hits.fill(0)
    let all = 0
    for (let n = 0; n < clips.length; n++) {
      const clip = clips[n]
      total[labels[clip]]++
      hits[labels[clip]] += right[clip]
      all += right[clip]
    }
    let sum = 0
    let occurring = 0
    for (let k = 0; k < classes; k++) {
      if (total[k] === 0) continue
      sum += hits[k] / total[k]
      occurring++
    }
    return [all / clips.length, sum / occurring]
  }
}
