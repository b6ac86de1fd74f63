import { expect } from 'vitest'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { CPU_PASSES } from '../../src/runtime/cpu/passes.ts'
import { constant, gradients, multiply, sizeOf, sum, type Tensor } from '../../src/tensor/index.ts'
import { compileGraph, type Fed, type RunOptions, runGraph, type Tensors } from './run-graph.ts'

export interface GradientCheck extends RunOptions {
  /** Distance of the two points of a central difference. */
  readonly step?: number
  /** Largest allowed error relative to the largest derivative of that input. */
  readonly tolerance?: number
  /** Inputs to differentiate; all float32 inputs when absent. */
  readonly targets?: readonly string[]
}

/**
 * Compares the gradients of loss = sum(y * w), w fixed and random, with central differences of the forward graph.
 * The loss is summed in float64. The gradient graph runs as it was derived and again with every pass of the CPU.
 * Float32 values near 1 and the step 1e-2 leave a noise of about 1e-5 in the differences; a wrong rule is off by
 * far more than the tolerance.
 */
export async function checkGradient(
  inputs: Readonly<Record<string, Fed>>,
  body: (tensors: Tensors) => Tensor,
  options: GradientCheck = {},
): Promise<void> {
  const { step = 1e-2, tolerance = 1e-3, training } = options
  const targets = options.targets ?? Object.keys(inputs).filter((name) => inputs[name].data instanceof Float32Array)
  const forward = await compileGraph(inputs, (tensors) => ({ y: body(tensors) }), { passes: [], training })
  const weights = lossWeights(forward.graph.outputs[0].tensor)
  const lossAt = async (values: Readonly<Record<string, Fed>>) => {
    const { y } = await forward.run(values)
    return weights.reduce((total, weight, i) => total + weight * y[i], 0)
  }
  const differences: Record<string, number[]> = {}
  for (const name of targets) differences[name] = await centralDifferences(inputs, name, step, lossAt)
  await forward.release()

  for (const passes of [[], CPU_PASSES]) {
    const derived = await runGraph(inputs, (tensors) => derivatives(tensors, body, weights, targets), {
      passes,
      training,
    })
    for (const name of targets) expectClose(derived[name], differences[name], tolerance, name)
  }
}

function lossWeights({ shape }: Tensor): Float32Array {
  const stream = new CounterStream('loss weights')
  return Float32Array.from({ length: sizeOf(shape) }, () => stream.uniform(0.5, 1.5) * stream.choice([-1, 1]))
}

async function centralDifferences(
  inputs: Readonly<Record<string, Fed>>,
  name: string,
  step: number,
  lossAt: (values: Readonly<Record<string, Fed>>) => Promise<number>,
): Promise<number[]> {
  const { shape, data } = inputs[name]
  const result: number[] = []
  for (let i = 0; i < data.length; i++) {
    const moved = (by: number) => {
      const values = data.slice()
      values[i] += by
      return values
    }
    const above = moved(step)
    const below = moved(-step)
    const rise =
      (await lossAt({ ...inputs, [name]: { shape, data: above } })) -
      (await lossAt({ ...inputs, [name]: { shape, data: below } }))
    // The points as float32 holds them, not as they were asked for.
    result.push(rise / (above[i] - below[i]))
  }
  return result
}

function derivatives(
  tensors: Tensors,
  body: (tensors: Tensors) => Tensor,
  weights: Float32Array,
  targets: readonly string[],
): Tensors {
  const y = body(tensors)
  const found = gradients(
    sum(multiply(y, constant(weights, y.shape))),
    targets.map((name) => tensors[name]),
  )
  return Object.fromEntries(targets.map((name, i) => [name, found[i] ?? expect.fail(`no gradient reaches ${name}`)]))
}

function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number, name: string): void {
  expect(actual.length, `size of the gradient of ${name}`).toBe(wanted.length)
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-2)
  // NaN stays the largest.
  const error = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0)
  expect(
    error / largest,
    `gradient of ${name}: got ${preview(actual)}, central differences ${preview(wanted)}`,
  ).toBeLessThan(tolerance)
}

function preview(values: readonly number[]): string {
  const shown = values.slice(0, 12).map((value) => value.toPrecision(4))
  return `[${shown.join(', ')}${values.length > 12 ? ', ...' : ''}]`
}
