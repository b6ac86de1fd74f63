import { clipBatch } from '../../attack/clip-batches.ts'
import type { Vectors } from '../../evaluate/features/vectors.ts'
import type { Device } from '../../runtime/device.ts'
import type { Points } from '../../skeleton/points.ts'
import { f32, trace } from '../../tensor/index.ts'
import type { FeatureEncoder } from './contrastive-attack.ts'

export interface ClipSize {
  readonly persons: number
  readonly frames: number
  readonly batchSize: number
}

/** Features (clips, featureSize) in evaluation mode, not normalised. @param onClip told the number of clips done */
export async function encodeClips(
  encoder: FeatureEncoder,
  clips: readonly Points[],
  { persons, frames, batchSize }: ClipSize,
  device: Device,
  onClip: (done: number) => void = () => {},
): Promise<Vectors> {
  const size = encoder.featureSize
  const data = new Float32Array(clips.length * size)
  const { joints, channels } = clips[0]
  const shape = [batchSize, persons, frames, joints, channels]
  const step = await device.compile(trace({ x: f32(...shape) }, ({ x }) => ({ features: encoder.features(x) })))
  try {
    for (let start = 0; start < clips.length; start += batchSize) {
      const batch = clips.slice(start, start + batchSize)
      const x = new Float32Array(shape.reduce((product, n) => product * n, 1))
      x.set(clipBatch(batch, persons, frames).data)
      const { features } = await step.run({ x })
      data.set(features.subarray(0, batch.length * size), start * size)
      onClip(start + batch.length)
    }
  } finally {
    await step.release()
  }
  return { data, count: clips.length, size }
}
