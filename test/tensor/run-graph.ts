import { CounterStream } from '../../src/random/counter-stream.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import type { Pass } from '../../src/runtime/cpu/passes.ts'
import type { HostArray } from '../../src/runtime/device.ts'
import { f32, i32, type Shape, sizeOf, type Tensor, trace } from '../../src/tensor/index.ts'

/** A value for a test graph; numbers without a type are float32. */
export interface Fed {
  readonly shape: Shape
  readonly data: HostArray
}

/** float32 values in row-major order. */
export function fed(shape: Shape, values: ArrayLike<number>): Fed {
  return { shape, data: Float32Array.from(values) }
}

/** int32 values in row-major order. */
export function integersFed(shape: Shape, values: ArrayLike<number>): Fed {
  return { shape, data: Int32Array.from(values) }
}

/** Values uniform in [low, high), the same for the same arguments. */
export function randomFed(shape: Shape, seed = 1, low = -1, high = 1): Fed {
  const stream = new CounterStream(seed)
  return fed(
    shape,
    Array.from({ length: sizeOf(shape) }, () => stream.uniform(low, high)),
  )
}

export type Tensors = Readonly<Record<string, Tensor>>

export interface RunOptions {
  readonly passes?: readonly Pass[]
  readonly training?: boolean
}

/** Traces `body`, compiles it on one thread and gives a function that runs it again on other values of the same shapes. */
export async function compileGraph(
  inputs: Readonly<Record<string, Fed>>,
  body: (tensors: Tensors) => Tensors,
  { passes, training }: RunOptions = {},
) {
  const types = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [
      name,
      data instanceof Int32Array ? i32(...shape) : f32(...shape),
    ]),
  )
  const graph = trace(types, body, { training })
  const step = await new CpuDevice({ threads: 1, passes }).compile(graph)
  return {
    graph,
    run: (values: Readonly<Record<string, Fed>> = inputs) =>
      step.run(Object.fromEntries(Object.entries(values).map(([name, { data }]) => [name, data]))),
    release: () => step.release(),
  }
}

/** The outputs of `body` on these values. */
export async function runGraph(
  inputs: Readonly<Record<string, Fed>>,
  body: (tensors: Tensors) => Tensors,
  options: RunOptions = {},
): Promise<Record<string, number[]>> {
  const compiled = await compileGraph(inputs, body, options)
  try {
    return Object.fromEntries(Object.entries(await compiled.run()).map(([name, data]) => [name, Array.from(data)]))
  } finally {
    await compiled.release()
  }
}
