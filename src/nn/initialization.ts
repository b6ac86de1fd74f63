import type { RandomStream } from '../random/stream.ts'
import { type Shape, sizeOf } from '../tensor/index.ts'

/** Fills a parameter's values. */
export type Initializer = (values: Float32Array, shape: Shape, random: RandomStream) => void

/** Inputs and outputs of one unit, as PyTorch counts them: the axes behind the first two are the receptive field. */
function fans(shape: Shape): { fanIn: number; fanOut: number } {
  const field = sizeOf(shape.slice(2))
  return { fanIn: (shape[1] ?? 1) * field, fanOut: shape[0] * field }
}

export function constantFill(value: number): Initializer {
  return (values) => values.fill(value)
}

/** Copies of given values. */
export function fillFrom(source: ArrayLike<number>): Initializer {
  return (values) => values.set(source)
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

/** He et al. 2015 with a normal distribution, for ReLU, variance kept in the backward pass. */
export const kaimingNormalFanOut: Initializer = (values, shape, random) => {
  normal(0, Math.sqrt(2 / fans(shape).fanOut))(values, shape, random)
}
