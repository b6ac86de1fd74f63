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
  /** Whether training drops the published shares, where there are any: see `dropout`. */
  readonly dropout: boolean
}

/** What a side of the benchmark of loading does beside the training step. */
export interface LoadingSizes extends StepSizes {
  /** Frames of a recorded clip, from which `frames` are sampled. */
  readonly recorded: number
  /** Threads or processes that prepare batches; 0 prepares them between the steps; `fixed` feeds one batch always. */
  readonly loading: Loading
  /** Steps at the beginning of a run whose time does not count. */
  readonly filling: number
  /** Steps of a run whose time counts. */
  readonly steps: number
}

export type Loading = 'fixed' | number

/** Coordinates per joint. */
export const coordinates = 3

export const classes = 60

/**
 * SGD with Nesterov momentum. The rate is small, so that rounding does not drive the two sides apart within the steps
 * whose losses are compared.
 */
export const optimizer = { learningRate: 0.0005, momentum: 0.9, nesterov: true, weightDecay: 5e-4 } as const

/** Recorded clips: as many as NTU RGB+D 60 has for training (X-Sub), of which only so many differ. Clip i has label i % classes. */
export const recordings = { clips: 40091, different: 64 } as const

/** Training samples: axes stretched, turned about each axis, left and right exchanged (BRL on NTU RGB+D). */
export const augmentation = { scale: 0.1, rotation: 0.3, flip: 0.5 } as const

/** HiCLR's pre-training as released for NTU RGB+D (arXiv 2211.13466), but for the learning rate: see `optimizer`. */
export const hiclr = {
  featureDim: 128,
  queueSize: 32768,
  keyMomentum: 0.999,
  temperature: 0.07,
  maskRatio: 0.1,
  optimizer: { learningRate: 0.0005, momentum: 0.9, weightDecay: 1e-4 },
} as const

/**
 * The SMI attack as released for NTU RGB+D (arXiv 2308.05681): a clip has the clean features of all clips of the batch
 * and `centres` more as candidates. Step and budget are longer, so that the objective moves by more
 * than rounding in the steps whose objectives are compared.
 */
export const smi = { numClass: 128, centres: 110, stepSize: 0.05, budget: 1 } as const

/**
 * Published shares of what training drops, for the steps that have any: `attnDrop` of the attention weights and up to
 * `dropPath` of the branches (SkateFormer), `dropout` in every block but the first (HiCLR). Draws differ between the
 * sides, so losses are equal without dropout only.
 */
export const dropout = {
  skateformer: { attnDrop: 0.5, dropPath: 0.2 },
  hiclr: { dropout: 0.5 },
} as const

/** Steps of systems, beside those of networks. They have no inference. */
export const systemSteps: readonly string[] = ['hiclr', 'smi']

/**
 * Names that the inputs are computed from, by the rules of the numeric fixtures: the clips are the signal
 * `bench.keypoint` of shape (N, M, T, V, C) in [-1, 1), the labels `floor(u * classes)` of `bench.label`, recorded
 * clip i the signal `bench.recording.i` of shape (M, T, V, C).
 * HiCLR: view i of the clips is the signal `bench.view.i`, and a joint is covered where u of `bench.mask` (T, V) is
 * below the ratio. SMI: candidates (N, columns, D) and coefficients (N, M, T, V, C) are signals.
 * Model tensors are filled by their own names, the columns of a queue divided by their length; adjacency buffers (`A`
 * where it is not trained) stay as built.
 */
export const inputNames = {
  ...{ keypoint: 'bench.keypoint', label: 'bench.label', recording: 'bench.recording' },
  ...{ view: 'bench.view', mask: 'bench.mask' },
  ...{ candidates: 'bench.candidates', first: 'bench.first', second: 'bench.second' },
} as const

/** The setting as command line arguments; the peer and our side take the same ones. */
export function toArguments(network: string, sizes: StepSizes | LoadingSizes): string[] {
  const { clips, persons, frames, joints, threads, mode, dropout } = sizes
  const options: [string, string | number][] = Object.entries({ clips, persons, frames, joints, threads, mode })
  if ('loading' in sizes) {
    const { recorded, loading, filling, steps } = sizes
    options.push(...Object.entries({ recorded, loading, filling, steps }))
  }
  return [
    network,
    ...options.flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...(dropout ? ['--dropout'] : []),
  ]
}
