import {
  add,
  assign,
  composite,
  concat,
  divide,
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
  sizeOf,
  split,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
} from '../tensor/index.ts'
import { constantFill, type Initializer } from './initialization.ts'
import { Buffer, Module, Parameter } from './module.ts'

export interface BatchNormOptions {
  readonly momentum?: number
  readonly epsilon?: number
  readonly initialWeight?: Initializer
  /**
   * Take the variance from squared differences instead of from the mean of squares: one more pass, but exact where
   * |mean| is far larger than the deviation, as in raw coordinates.
   */
  readonly twoPass?: boolean
}

/** Batch normalisation of (N, C, ...) per channel (Ioffe and Szegedy 2015), as PyTorch's BatchNorm1d/2d. */
export class BatchNorm extends Module {
  readonly weight: Parameter
  readonly bias: Parameter
  readonly running_mean: Buffer
  readonly running_var: Buffer
  readonly momentum: number
  readonly epsilon: number
  readonly twoPass: boolean

  constructor(channels: number, options: BatchNormOptions = {}) {
    super()
    this.weight = new Parameter([channels], options.initialWeight ?? constantFill(1))
    this.bias = new Parameter([channels], constantFill(0))
    this.running_mean = new Buffer(new Float32Array(channels), [channels])
    this.running_var = new Buffer(new Float32Array(channels).fill(1), [channels])
    this.momentum = options.momentum ?? 0.1
    this.epsilon = options.epsilon ?? 1e-5
    this.twoPass = options.twoPass ?? false
  }

  get channels(): number {
    return this.weight.shape[0]
  }

  forward(x: Tensor): Tensor {
    return batchNorm(x, [this])
  }
}

/**
 * Batch normalisation of channels that belong to several layers side by side, in one go:
 * parallel branches of a network are normalised together instead of one by one.
 */
export function batchNorm(x: Tensor, layers: readonly BatchNorm[]): Tensor {
  const join = (pick: (layer: BatchNorm) => Parameter | Buffer) =>
    concat(
      layers.map((layer) => read(pick(layer))),
      0,
    )
  const weight = join((layer) => layer.weight)
  const bias = join((layer) => layer.bias)
  const { epsilon, twoPass } = layers[0]
  if (!isTraining()) {
    const scale = divide(
      weight,
      sqrt(
        add(
          join((layer) => layer.running_var),
          epsilon,
        ),
      ),
    )
    return affine(
      x,
      scale,
      subtract(
        bias,
        multiply(
          join((layer) => layer.running_mean),
          scale,
        ),
      ),
    )
  }
  const { output, mean, variance } = normalize(x, weight, bias, epsilon, twoPass)
  updateRunningStatistics(layers, mean, variance, sizeOf(x.shape) / x.shape[1])
  return output
}

function updateRunningStatistics(layers: readonly BatchNorm[], mean: Tensor, variance: Tensor, count: number): void {
  const { momentum } = layers[0]
  const widths = layers.map((layer) => layer.channels)
  const means = split(multiply(mean, momentum), 0, widths)
  // The running variance is the unbiased one.
  const variances = split(multiply(variance, (momentum * count) / Math.max(1, count - 1)), 0, widths)
  layers.forEach((layer, i) => {
    assign(layer.running_mean, add(multiply(read(layer.running_mean), 1 - momentum), means[i]))
    assign(layer.running_var, add(multiply(read(layer.running_var), 1 - momentum), variances[i]))
  })
}

function allButChannel(x: Tensor): number[] {
  return x.shape.map((_, axis) => axis).filter((axis) => axis !== 1)
}

/** A vector over channels, shaped to broadcast against x. */
function alongChannels(vector: Tensor, x: Tensor): Tensor {
  return reshape(
    vector,
    x.shape.map((n, axis) => (axis === 1 ? n : 1)),
  )
}

/** scale * x + offset per channel. */
function affine(x: Tensor, scale: Tensor, offset: Tensor): Tensor {
  return add(multiply(x, alongChannels(scale, x)), alongChannels(offset, x))
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
