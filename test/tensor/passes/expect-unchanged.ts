import { expect } from 'vitest'
import { CPU_PASSES } from '../../../src/runtime/cpu/passes.ts'
import type { Tensor } from '../../../src/tensor/index.ts'
import { type Fed, type RunOptions, runGraph, type Tensors } from '../run-graph.ts'
import { observed } from './count-operators.ts'

/** Largest difference relative to the largest value; sums may be added up in another order. */
const ROUNDING = 2e-6

/**
 * Runs a graph as it was traced, after the one pass and after all passes of the CPU, and compares the outputs.
 * NaN and infinities must stand at the same places. Gives the operators before and after the one pass.
 */
export async function expectUnchanged(
  pass: (roots: readonly Tensor[]) => Tensor[],
  inputs: Readonly<Record<string, Fed>>,
  body: (tensors: Tensors) => Tensors,
  options: Pick<RunOptions, 'training'> = {},
) {
  const plain = await runGraph(inputs, body, { ...options, passes: [] })
  const { watched, seen } = observed(pass)
  for (const passes of [[watched], CPU_PASSES]) {
    const rewritten = await runGraph(inputs, body, { ...options, passes })
    for (const [name, values] of Object.entries(plain)) expectEqual(rewritten[name], values, name)
  }
  return seen
}

function expectEqual(actual: readonly number[], wanted: readonly number[], name: string): void {
  expect(actual.length, name).toBe(wanted.length)
  const largest = wanted.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0)
  wanted.forEach((value, i) => {
    const same = Object.is(actual[i], value) || Math.abs(actual[i] - value) <= ROUNDING * largest
    expect(same, `${name}[${i}]: ${actual[i]} instead of ${value}`).toBe(true)
  })
}
