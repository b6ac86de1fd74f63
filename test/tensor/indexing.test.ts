import { describe, expect, it } from 'vitest'
import {
  cast,
  constant,
  gather,
  gatherElements,
  gatherNd,
  oneHot,
  scatterAdd,
  scatterNdAdd,
  type Tensor,
} from '../../src/tensor/index.ts'
import { type Fed, fed, integersFed, runGraph } from './run-graph.ts'

async function valuesOf(inputs: Readonly<Record<string, Fed>>, body: (t: Readonly<Record<string, Tensor>>) => Tensor) {
  return (await runGraph(inputs, (t) => ({ y: body(t) }))).y
}

const table = fed([3, 2], [0, 1, 10, 11, 20, 21])

describe('gather', () => {
  it('puts the axes of the positions in the place of the axis', async () => {
    const inputs = { table, at: integersFed([2, 2], [2, 0, -1, 1]) }
    expect(await valuesOf(inputs, (t) => gather(t.table, t.at))).toEqual([20, 21, 0, 1, 20, 21, 10, 11])
    const columns = { table, at: integersFed([1, 2], [1, 0]) }
    expect(await valuesOf(columns, (t) => gather(t.table, t.at, 1))).toEqual([1, 0, 11, 10, 21, 20])
  })

  it('takes positions in 64 bits and tables of every type', async () => {
    const at = constant(BigInt64Array.of(2n, 0n), [2])
    for (const dtype of ['i32', 'i64', 'bool'] as const) {
      const rows = await valuesOf({ table }, (t) => cast(gather(cast(t.table, dtype), at), 'f32'))
      expect(rows).toEqual(dtype === 'bool' ? [1, 1, 0, 1] : [20, 21, 0, 1])
    }
  })
})

describe('entries by their full position', () => {
  it('gatherElements takes one entry of the axis for each', async () => {
    const inputs = { table, at: integersFed([2, 2], [2, 0, 1, 1]) }
    expect(await valuesOf(inputs, (t) => gatherElements(t.table, t.at, 0))).toEqual([20, 1, 10, 11])
  })

  it('gatherNd names entries, or rows where the last axis is short', async () => {
    const entries = { table, at: integersFed([2, 2], [2, 1, 0, 0]) }
    expect(await valuesOf(entries, (t) => gatherNd(t.table, t.at))).toEqual([21, 0])
    const rows = { table, at: integersFed([2, 1, 1], [1, -1]) }
    expect(await valuesOf(rows, (t) => gatherNd(t.table, t.at))).toEqual([10, 11, 20, 21])
  })
})

describe('adding at positions', () => {
  it('adds up what falls on one place', async () => {
    const inputs = { table, at: integersFed([3, 1], [1, 1, 0]), updates: fed([3, 2], [1, 2, 3, 4, 5, 6]) }
    expect(await valuesOf(inputs, (t) => scatterNdAdd(t.table, t.at, t.updates))).toEqual([5, 7, 14, 17, 20, 21])
    const elements = { table, at: integersFed([1, 2], [2, 2]), updates: fed([1, 2], [1, 2]) }
    expect(await valuesOf(elements, (t) => scatterAdd(t.table, t.at, t.updates, 0))).toEqual([0, 1, 10, 11, 21, 23])
  })
})

describe('oneHot', () => {
  it('has a 1 at every label, of labels of any rank', async () => {
    expect(await valuesOf({ label: integersFed([3], [2, 0, 2]) }, (t) => oneHot(t.label, 3))).toEqual([
      0, 0, 1, 1, 0, 0, 0, 0, 1,
    ])
    const grid = { label: integersFed([2, 2], [0, 1, 1, 0]) }
    expect(await valuesOf(grid, (t) => oneHot(t.label, 2))).toEqual([1, 0, 0, 1, 0, 1, 1, 0])
    expect(await valuesOf({ label: integersFed([], [1]) }, (t) => oneHot(t.label, 3))).toEqual([0, 1, 0])
  })
})
