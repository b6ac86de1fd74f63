import { OssatureError } from '../errors.ts'
import type { RandomStream } from '../random/stream.ts'
import { type Shape, sizeOf } from '../tensor/index.ts'

/** Fills a parameter's values. */
export type Initializer = (values: Float32Array, shape: Shape, random: RandomStream) => void

/** Inputs and outputs of one unit, as PyTorch counts them: the axes behind the first two are the receptive field. */
function fans(shape: Shape): { fanIn: number; fanOut: number } {
  const field = sizeOf(shape.slice(2))
  return { fanIn: (shape[1] ?? 1) * field, fanOut: shape[0] * field }
}

/** One value everywhere. */
export function constantFill(value: number): Initializer {
  return (values) => values.fill(value)
}

export const ones: Initializer = constantFill(1)

export const zeros: Initializer = constantFill(0)

/** Copies of given values, as many as the parameter has. */
export function fillFrom(source: ArrayLike<number>): Initializer {
  return (values, shape) => {
    if (source.length !== values.length) {
      throw new OssatureError('these values do not fill the parameter', {
        expected: `${values.length} for shape [${shape.join(', ')}]`,
        found: `${source.length}`,
      })
    }
    values.set(source)
  }
}

/** Uniform in [low, high). */
export function uniform(low: number, high: number): Initializer {
  return (values, _, random) => {
    for (let i = 0; i < values.length; i++) values[i] = random.uniform(low, high)
  }
}

/** Normal with a mean and a standard deviation. */
export function normal(mean: number, deviation: number): Initializer {
  return (values, _, random) => {
    for (let i = 0; i < values.length; i++) values[i] = random.normal(mean, deviation)
  }
}

/**
 * Normal within the absolute limits [low, high].
 * @throws OssatureError when the limits leave no room, the deviation is not positive or the mean is not finite
 */
export function truncatedNormal(mean = 0, deviation = 1, low = -2, high = 2): Initializer {
  if (!(low < high && deviation > 0 && Number.isFinite(deviation) && Number.isFinite(mean))) {
    throw new OssatureError('a truncated normal distribution is empty', {
      expected: 'a finite mean, a positive deviation, and limits of which the first is lower',
      found: `mean ${mean}, deviation ${deviation}, limits ${low} and ${high}`,
    })
  }
  const [from, to] = [(low - mean) / deviation, (high - mean) / deviation]
  // Where a plain draw falls within the limits in one of three cases or more; else equally likely places, kept in
  // proportion to their density, up to where it is 2e-16 of the largest.
  const plain = from <= 0 && to >= 0 && to - from >= 1
  const nearest = Math.max(0, from, -to)
  const reach = Math.sqrt(nearest ** 2 + 72)
  const [first, last] = [Math.max(from, -reach), Math.min(to, reach)]
  const draw = (random: RandomStream): number => {
    if (plain) return random.normal(mean, deviation)
    for (;;) {
      const place = random.uniform(first, last)
      if (random.unit() < Math.exp((nearest ** 2 - place ** 2) / 2)) return mean + deviation * place
    }
  }
  return (values, _, random) => {
    for (let i = 0; i < values.length; i++) {
      do values[i] = draw(random)
      while (values[i] < low || values[i] > high)
    }
  }
}

/** What follows a layer, for the gain that keeps the variance. */
export type Nonlinearity =
  | 'linear'
  | `conv${1 | 2 | 3}d`
  | `conv_transpose${1 | 2 | 3}d`
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leaky_relu'
  | 'selu'

/** Recommended gain in front of a nonlinearity. @param slope of a leaky ReLU for negative values */
export function calculateGain(nonlinearity: Nonlinearity, slope = 0.01): number {
  switch (nonlinearity) {
    case 'tanh':
      return 5 / 3
    case 'relu':
      return Math.SQRT2
    case 'leaky_relu':
      return Math.sqrt(2 / (1 + slope ** 2))
    case 'selu':
      return 3 / 4
    default:
      return 1
  }
}

/** Glorot and Bengio 2010, uniform: variance 2 gain^2 / (fan in + fan out). */
export function xavierUniform(gain = 1): Initializer {
  return spreadUniform((shape) => glorotDeviation(shape, gain))
}

/** Glorot and Bengio 2010, normal: variance 2 gain^2 / (fan in + fan out). */
export function xavierNormal(gain = 1): Initializer {
  return spreadNormal((shape) => glorotDeviation(shape, gain))
}

export interface KaimingOptions {
  /** Keep the variance of the forward pass (`fan_in`, the default) or of the gradients (`fan_out`). */
  readonly mode?: 'fan_in' | 'fan_out'
  /** Default `leaky_relu`. */
  readonly nonlinearity?: Nonlinearity
  /** Slope of the leaky ReLU for negative values; default 0, a plain ReLU. */
  readonly a?: number
}

/** He et al. 2015, uniform: variance gain^2 / fan. */
export function kaimingUniform(options: KaimingOptions = {}): Initializer {
  return spreadUniform((shape) => heDeviation(shape, options))
}

/** He et al. 2015, normal: variance gain^2 / fan. */
export function kaimingNormal(options: KaimingOptions = {}): Initializer {
  return spreadNormal((shape) => heDeviation(shape, options))
}

/** He et al. 2015 with a normal distribution, for ReLU, variance kept in the backward pass. */
export const kaimingNormalFanOut: Initializer = kaimingNormal({ mode: 'fan_out', nonlinearity: 'relu' })

/** PyTorch's default for convolutions and linear layers: uniform within 1 / sqrt(fan in) (Kaiming uniform, a = sqrt 5). */
export const frameworkWeight: Initializer = (values, shape, random) => {
  const bound = 1 / Math.sqrt(fans(shape).fanIn)
  uniform(-bound, bound)(values, shape, random)
}

/** PyTorch's default for the bias of a layer with the given fan in. */
export function frameworkBias(fanIn: number): Initializer {
  const bound = 1 / Math.sqrt(fanIn)
  return uniform(-bound, bound)
}

function glorotDeviation(shape: Shape, gain: number): number {
  const { fanIn, fanOut } = fans(shape)
  return gain * Math.sqrt(2 / (fanIn + fanOut))
}

function heDeviation(shape: Shape, { mode = 'fan_in', nonlinearity = 'leaky_relu', a = 0 }: KaimingOptions): number {
  const { fanIn, fanOut } = fans(shape)
  return calculateGain(nonlinearity, a) / Math.sqrt(mode === 'fan_in' ? fanIn : fanOut)
}

function spreadUniform(deviationFor: (shape: Shape) => number): Initializer {
  return (values, shape, random) => {
    requireTwoAxes(shape)
    const bound = Math.sqrt(3) * deviationFor(shape)
    uniform(-bound, bound)(values, shape, random)
  }
}

function spreadNormal(deviationFor: (shape: Shape) => number): Initializer {
  return (values, shape, random) => {
    requireTwoAxes(shape)
    normal(0, deviationFor(shape))(values, shape, random)
  }
}

function requireTwoAxes(shape: Shape): void {
  if (shape.length >= 2) return
  throw new OssatureError('this initialisation counts inputs and outputs', {
    expected: 'two or more axes: (outputs, inputs, ...)',
    found: `[${shape.join(', ')}]`,
  })
}
