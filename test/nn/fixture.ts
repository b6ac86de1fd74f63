import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Fed } from '../tensor/run-graph.ts'

/** A tensor as the reference scripts write it. */
export interface WrittenTensor {
  readonly shape: readonly number[]
  readonly values: readonly number[]
  readonly dtype?: 'i32' | 'bool'
}

export type WrittenTensors = Readonly<Record<string, WrittenTensor>>

/** The cases of a file that a reference script wrote. */
export function readCases<C>(name: string): readonly C[] {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'))
}

/** The tensors as inputs of a graph; booleans are fed as integers. */
export function fedFrom(tensors: WrittenTensors): Record<string, Fed> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values, dtype }]) => [
      name,
      { shape, data: dtype ? Int32Array.from(values) : Float32Array.from(values) },
    ]),
  )
}

/** Every value within `tolerance` of the largest one of its tensor. */
export function expectTensor(actual: ArrayLike<number>, wanted: WrittenTensor, what: string, tolerance = 2e-6): void {
  expect(actual.length, `size of ${what}`).toBe(wanted.values.length)
  const largest = wanted.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
  wanted.values.forEach((value, i) => {
    expect(Math.abs(actual[i] - value) / largest, `${what}[${i}]: ${actual[i]} for ${value}`).toBeLessThan(tolerance)
  })
}
