import type { ClipBatch, MixedBatch } from '../augment/partial-mix-up.ts'
import type { RandomStream } from '../random/stream.ts'
import type { Points } from '../skeleton/points.ts'

/** How a system mixes the clips of a batch with each other. */
export interface BatchMixing {
  /** Share of a batch's clips that is mixed. */
  readonly ratio: number
  /** Joints of a mixed clip that come from its partner. */
  readonly borrowed: readonly number[]
  /** Mixes a batch of samples. @param ratio in place of the system's own */
  mix(batch: ClipBatch, labels: ArrayLike<number>, stream: RandomStream, ratio?: number): MixedBatch
}

/** What a system makes of a clip before its network sees it, for pictures of it. */
export interface PicturedSamples {
  /** What is done to a clip, a phrase each. */
  readonly steps: readonly string[]
  /** An augmented training sample (M, T, V, C): joints, whichever stream the network sees. */
  sample(points: Points, stream: RandomStream): Points
  readonly mixing?: BatchMixing
}
