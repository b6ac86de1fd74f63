/** What one side of the benchmark computes. Both sides get the same setting. */
export interface StepSizes {
  /** Clips per step; `inference` always takes one. */
  readonly clips: number
  /** Persons in each clip. */
  readonly persons: number
  /** Frames per clip. */
  readonly frames: number
  /** Joints per person; also selects the layout (25 NTU, 20 NW-UCLA, 17 COCO, 18 OpenPose, 21 hand). */
  readonly joints: number
  /** Threads within an operator. */
  readonly threads: number
  /** `train`: forward, loss, backward and update; `inference`: the scores of one clip in eval mode. */
  readonly mode: 'train' | 'inference'
}

/** Coordinates per joint. */
export const coordinates = 3

export const classes = 60

/**
 * SGD with Nesterov momentum. The rate is small, so that rounding does not drive the two sides apart within the steps
 * whose losses are compared.
 */
export const optimizer = { learningRate: 0.0005, momentum: 0.9, nesterov: true, weightDecay: 5e-4 } as const

/**
 * Names that the inputs are computed from, by the rules of the numeric fixtures: the clips are the signal
 * `bench.keypoint` of shape (N, M, T, V, C) in [-1, 1), the labels `floor(u * classes)` of `bench.label`.
 * Model tensors are filled by their own names, adjacency buffers (`A` where it is not trained) stay as built.
 */
export const inputNames = { keypoint: 'bench.keypoint', label: 'bench.label' } as const

/** The setting as command line arguments; the peer and our side take the same ones. */
export function toArguments(network: string, sizes: StepSizes): string[] {
  const { clips, persons, frames, joints, threads, mode } = sizes
  const options = Object.entries({ clips, persons, frames, joints, threads, mode })
  return [network, ...options.flatMap(([name, value]) => [`--${name}`, String(value)])]
}
