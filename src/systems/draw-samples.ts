import type { Dataset } from '../data/dataset.ts'
import type { RandomStream } from '../random/stream.ts'
import type { Points } from '../skeleton/points.ts'
import type { BatchMixing, PicturedSamples } from './pictured-samples.ts'

/** A sample that was mixed with that of another clip. */
export interface MixedSample {
  readonly points: Points
  readonly borrowed: readonly number[]
  /** Class of the partner, and the weight of the clip's own label. */
  readonly partner: number
  readonly weight: number
}

/** What a system makes of one clip. */
export interface ClipSampling {
  readonly samples: readonly Points[]
  readonly mixed?: MixedSample
}

/**
 * Augmented samples of some clips and, where the system mixes clips and there are several, one mixed sample of each. Each
 * clip draws from a stream of its own.
 */
export function drawSamples(
  dataset: Dataset,
  indices: readonly number[],
  maker: PicturedSamples,
  count: number,
  stream: RandomStream,
): ClipSampling[] {
  const samples = indices.map((index) => {
    const { id, points } = dataset.clip(index)
    return Array.from({ length: count }, (_, n) => maker.sample(points, stream.fork('sample', id, n)))
  })
  const labels = indices.map((index) => dataset.entries[index].label)
  const mixed =
    maker.mixing && count > 0
      ? mixAll(
          samples.map(([first]) => first),
          labels,
          maker.mixing,
          stream,
        )
      : []
  return samples.map((own, i) => ({ samples: own, ...(mixed[i] && { mixed: mixed[i] }) }))
}

/** Mixes every sample; undefined where the system's way of drawing partners leaves one out. */
function mixAll(
  samples: readonly Points[],
  labels: readonly number[],
  mixing: BatchMixing,
  stream: RandomStream,
): (MixedSample | undefined)[] {
  const { persons, frames, joints, channels } = samples[0]
  const size = samples[0].data.length
  const data = new Float32Array(samples.length * size)
  samples.forEach((sample, i) => {
    data.set(sample.data, i * size)
  })
  const shape = [samples.length, persons, frames, joints, channels] as const
  const { clips, labelB, lambda, mixed } = mixing.mix({ data, shape }, labels, stream.fork('mix-up'), 1)
  return samples.map((sample, i) =>
    mixed.includes(i)
      ? {
          points: { ...sample, data: clips.data.slice(i * size, (i + 1) * size) },
          borrowed: mixing.borrowed,
          partner: labelB[i],
          weight: lambda[i],
        }
      : undefined,
  )
}
