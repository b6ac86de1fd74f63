import type { CounterStream } from '../../../src/random/counter-stream.ts'
import {
  constant,
  expand,
  flatten,
  gather,
  multiply,
  reshape,
  type Shape,
  sizeOf,
  sum,
  type Tensor,
  tanh,
} from '../../../src/tensor/index.ts'

/** Tensors with more elements than this are not kept. */
export const LARGEST = 96

/** Where the steps of a random graph take their operands and choices from. */
export class Source {
  readonly stream: CounterStream
  private readonly pool: readonly Tensor[]

  constructor(stream: CounterStream, pool: readonly Tensor[]) {
    this.stream = stream
    this.pool = pool
  }

  /** A whole number from low to high. */
  whole(low: number, high: number): number {
    return this.stream.integer(low, high + 1)
  }

  chance(probability: number): boolean {
    return this.stream.unit() < probability
  }

  /** A tensor of the graph. */
  any(): Tensor {
    return this.stream.choice(this.pool)
  }

  /** A tensor of the graph in [-1, 1]. */
  bounded(): Tensor {
    return tanh(this.any())
  }

  /** A tensor of the graph with at least one axis. */
  withAxes(): Tensor {
    const x = this.any()
    return x.rank > 0 ? x : reshape(x, [1])
  }

  axisOf(x: Tensor): number {
    return this.whole(0, x.rank - 1)
  }

  /** Some of the axes, at least one. */
  axesOf(x: Tensor): number[] {
    const axes = this.stream.shuffle(x.shape.map((_, axis) => axis))
    return axes.slice(0, this.whole(1, axes.length))
  }

  /** Random numbers that are no part of the graph's inputs. */
  constant(shape: Shape, low = -1, high = 1): Tensor {
    return constant(
      Float32Array.from({ length: sizeOf(shape) }, () => this.stream.uniform(low, high)),
      shape,
    )
  }

  /** Constant positions in [0, length), sometimes counted from the end. */
  positions(shape: Shape, length: number, negative = false): Tensor {
    const first = negative ? -length : 0
    return constant(
      Int32Array.from({ length: sizeOf(shape) }, () => this.stream.integer(first, length)),
      shape,
    )
  }

  /** A tensor of this shape with the elements of a tensor of the graph, some of them several times. */
  shaped(shape: Shape): Tensor {
    const x = flatten(this.any())
    const size = sizeOf(shape)
    if (x.shape[0] === size) return reshape(x, shape)
    return reshape(gather(x, this.positions([size], x.shape[0])), shape)
  }

  shape(rank: number, longest = 4): number[] {
    return Array.from({ length: rank }, () => this.whole(1, longest))
  }

  /** A tensor that broadcasts with x, and x with it. */
  partner(x: Tensor): Tensor {
    const shape = x.shape.map((n) => (n === 1 && this.chance(0.3) ? this.whole(1, 3) : this.chance(0.3) ? 1 : n))
    if (this.chance(0.3)) shape.splice(0, this.whole(0, shape.length))
    if (this.chance(0.1)) return this.meanLike(x)
    return this.chance(0.2) ? this.constant(shape) : this.shaped(shape)
  }

  /** The sum of x over some axes, small, sometimes expanded again. */
  private meanLike(x: Tensor): Tensor {
    if (x.rank === 0) return x
    const total = multiply(sum(x, this.axesOf(x)), 1 / sizeOf(x.shape))
    return this.chance(0.5) ? expand(total, x.shape) : total
  }
}

/** Adds one or more float32 tensors to a graph. */
export type Step = (source: Source) => Tensor | readonly Tensor[]
