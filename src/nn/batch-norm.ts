import {
  add,
  composite,
  concat,
  divide,
  full,
  isTraining,
  markCentred,
  maximum,
  mean as meanOver,
  multiply,
  negate,
  read,
  reciprocal,
  reshape,
  scalar,
  shapeError,
  sizeOf,
  split,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
} from '../tensor/index.ts'
import { type Initializer, ones, zeros } from './initialization.ts'
import { Buffer, Module, Parameter } from './module.ts'
import { trackStatistics } from './running-statistics.ts'
import { affine, alongChannels } from './standardize.ts'

export interface BatchNormOptions {
  /** Share of the newest batch in the running statistics; null for the plain mean over all batches. Default 0.1. */
  readonly momentum?: number | null
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number
  /** Whether the result is scaled and shifted per channel; default true. */
  readonly affine?: boolean
  /** Whether evaluation takes statistics that training collected instead of those of the batch; default true. */
  readonly trackRunningStatistics?: boolean
  /** First values of the scales; default ones. */
  readonly initialWeight?: Initializer
  /**
   * Take the variance from squared differences instead of from the mean of squares: one more pass, but exact where
   * |mean| is far larger than the deviation, as in raw coordinates. Default false.
   */
  readonly twoPass?: boolean
}

/** Batch normalisation of (N, C, ...) per channel (Ioffe and Szegedy 2015), as PyTorch's BatchNorm1d/2d/3d. */
export class BatchNorm extends Module {
  readonly weight?: Parameter
  readonly bias?: Parameter
  readonly running_mean?: Buffer
  readonly running_var?: Buffer
  /** Batches so far; only where `momentum` is null, since nothing else needs it. */
  readonly num_batches_tracked?: Buffer
  readonly channels: number
  readonly momentum: number | null
  readonly epsilon: number
  readonly twoPass: boolean

  constructor(channels: number, options: BatchNormOptions = {}) {
    super()
    const { momentum = 0.1, epsilon = 1e-5, affine = true, trackRunningStatistics = true, twoPass = false } = options
    this.channels = channels
    this.momentum = momentum
    this.epsilon = epsilon
    this.twoPass = twoPass
    if (affine) {
      this.weight = new Parameter([channels], options.initialWeight ?? ones)
      this.bias = new Parameter([channels], zeros)
    }
    if (trackRunningStatistics) {
      this.running_mean = new Buffer(new Float32Array(channels), [channels])
      this.running_var = new Buffer(new Float32Array(channels).fill(1), [channels])
      if (momentum === null) this.num_batches_tracked = new Buffer(new Float32Array(1), [])
    }
  }

  forward(x: Tensor): Tensor {
    return batchNorm(x, [this])
  }
}

/**
 * Batch normalisation of channels that belong to several layers side by side, in one go:
 * parallel branches of a network are normalised together instead of one by one. But for the momentum, their options are
 * those of the first.
 * @throws OssatureError when x does not have as many channels as the layers together
 */
export function batchNorm(x: Tensor, layers: readonly BatchNorm[]): Tensor {
  const channels = layers.reduce((total, layer) => total + layer.channels, 0)
  if (x.rank < 2 || x.shape[1] !== channels) throw shapeError('BatchNorm', [x], `x (N, ${channels}, ...)`)
  const weight = joined(layers, 'weight', 1)
  const bias = joined(layers, 'bias', 0)
  const [{ epsilon, twoPass, running_mean }] = layers
  if (running_mean && !isTraining()) {
    const scale = divide(weight, sqrt(add(joined(layers, 'running_var', 1), epsilon)))
    return affine(x, scale, subtract(bias, multiply(joined(layers, 'running_mean', 0), scale)))
  }
  const { output, mean, variance } = normalize(x, weight, bias, epsilon, twoPass)
  if (running_mean) {
    const widths = layers.map((layer) => layer.channels)
    const [means, variances] = [split(mean, 0, widths), split(variance, 0, widths)]
    layers.forEach((layer, i) => {
      trackStatistics(layer, means[i], variances[i], sizeOf(x.shape) / channels)
    })
  }
  return output
}

/** A variable of all layers end to end; `otherwise` for layers that do not have it. */
function joined(
  layers: readonly BatchNorm[],
  name: 'weight' | 'bias' | 'running_mean' | 'running_var',
  otherwise: number,
): Tensor {
  const vectors = layers.map((layer) => {
    const variable = layer[name]
    return variable ? read(variable) : full([layer.channels], otherwise)
  })
  return concat(vectors, 0)
}

function allButChannel(x: Tensor): number[] {
  return x.shape.map((_, axis) => axis).filter((axis) => axis !== 1)
}

/**
 * Training-mode normalisation with the closed-form gradient, in three sums over the batch and two affine passes
 * (x is not centred, and the normalised x is never stored).
 */
function normalize(x: Tensor, weight: Tensor, bias: Tensor, epsilon: number, twoPass: boolean) {
  const channels = x.shape[1]
  const axes = allButChannel(x)
  const count = sizeOf(x.shape) / channels
  const perChannel = (t: Tensor) => reshape(t, [channels])
  const mean = perChannel(multiply(sum(x, axes), 1 / count))
  const variance = twoPass
    ? perChannel(meanOver(square(subtract(x, alongChannels(mean, x))), axes))
    : maximum(subtract(perChannel(multiply(sum(multiply(x, x), axes), 1 / count)), square(mean)), scalar(0))
  const inverse = reciprocal(sqrt(add(variance, epsilon)))
  const scale = multiply(weight, inverse)
  const body = affine(x, scale, subtract(bias, multiply(mean, scale)))

  const [output] = composite([x, weight, bias], [body], ([d], needs) => {
    const dBias = perChannel(sum(d!, axes))
    const centred = twoPass
      ? perChannel(sum(multiply(d!, subtract(x, alongChannels(mean, x))), axes))
      : subtract(perChannel(sum(multiply(d!, x), axes)), multiply(mean, dBias))
    const dWeight = multiply(centred, inverse)
    if (!needs(0)) return [undefined, dWeight, dBias]
    // dx = scale * (d - mean(d) - (x - mean) * inverse * mean(d * normalised x))
    const slope = multiply(multiply(scale, inverse), multiply(dWeight, 1 / count))
    const offset = subtract(multiply(slope, mean), multiply(multiply(scale, dBias), 1 / count))
    const dx = add(affine(d!, scale, offset), multiply(x, alongChannels(negate(slope), x)))
    return [markCentred(dx), dWeight, dBias]
  })
  return { output, mean, variance }
}
