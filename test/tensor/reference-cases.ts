import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { CPU_PASSES } from '../../src/runtime/cpu/passes.ts'
import { constant, gradients, multiply, sum, type Tensor } from '../../src/tensor/index.ts'
import { type Fed, fed, runGraph, type Tensors } from './run-graph.ts'

interface Values {
  readonly shape: readonly number[]
  readonly values: readonly (number | 'NaN' | 'Infinity' | '-Infinity')[]
}

/** Output of an operator and gradients of sum(output * seed), as a script of the folder `reference` computed them. */
export interface ReferenceCase {
  readonly operator: string
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: each operator knows its own options
  readonly options: any
  readonly inputs: Readonly<Record<string, Values>>
  readonly seed: Values
  readonly output: Values
  readonly gradients: Readonly<Record<string, Values>>
}

/** The cases of fixtures/NAME.json. */
export function referenceCases(name: string): ReferenceCase[] {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))
}

/** Compares output and gradients of what `compute` does with the inputs of the case. */
export async function checkReference(
  reference: ReferenceCase,
  compute: (tensors: Tensors) => Tensor,
  tolerance: number,
): Promise<void> {
  const targets = Object.keys(reference.gradients)
  const inputs = Object.fromEntries(Object.entries(reference.inputs).map(([name, values]) => [name, fedOf(values)]))
  const { output, ...found } = await runGraph(
    inputs,
    (tensors) => {
      const output = compute(tensors)
      expect(output.shape).toEqual(reference.output.shape)
      return { output, ...gradientsOf(output, reference, tensors, targets) }
    },
    { passes: CPU_PASSES },
  )
  expectClose(output, numbers(reference.output), tolerance, 'output')
  for (const name of targets)
    expectClose(found[name], numbers(reference.gradients[name]), tolerance, `gradient of ${name}`)
}

function gradientsOf(y: Tensor, { seed }: ReferenceCase, tensors: Tensors, targets: readonly string[]): Tensors {
  if (targets.length === 0) return {}
  const loss = sum(multiply(y, constant(Float32Array.from(numbers(seed)), y.shape)))
  const found = gradients(
    loss,
    targets.map((name) => tensors[name]),
  )
  return Object.fromEntries(targets.map((name, i) => [name, found[i] ?? expect.fail(`no gradient reaches ${name}`)]))
}

const numbers = ({ values }: Values): number[] => values.map(Number)

const fedOf = (values: Values): Fed => fed(values.shape, numbers(values))

/** Close relative to the largest finite number; NaN and infinities in their places. */
function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number, what: string): void {
  expect(actual.length, what).toBe(wanted.length)
  const scale = wanted.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 1)
  const off = wanted.flatMap((w, i) => {
    const same = Object.is(w, actual[i]) || w === actual[i] || Math.abs(w - actual[i]) <= tolerance * scale
    return same ? [] : [`[${i}] ${actual[i]}, not ${w}`]
  })
  expect(off, what).toEqual([])
}
