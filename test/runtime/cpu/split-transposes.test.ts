import { describe, expect, it } from 'vitest'
import { splitTransposes } from '../../../src/runtime/cpu/split-transposes.ts'
import { reshape, sizeOf, transpose } from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { fed } from '../../tensor/run-graph.ts'

type Case = [shape: number[], permutation: number[]]

/** How many transposes stand for one after the pass. */
async function transposesFor(shape: number[], permutation: number[]): Promise<number> {
  const x = fed(shape, [...Array(sizeOf(shape)).keys()])
  const { before, after } = await expectUnchanged(splitTransposes, { x }, (t) => ({
    y: transpose(t.x, permutation),
  }))
  expect(before).toEqual({ Transpose: 1 })
  return after.Transpose
}

describe('a permutation that scatters single elements', () => {
  it.each([
    [
      [2, 3, 4, 5],
      [0, 3, 2, 1],
    ],
    [
      [2, 3, 4, 5],
      [2, 0, 3, 1],
    ],
    [
      [2, 3, 4, 5],
      [3, 2, 1, 0],
    ],
    [
      [2, 3, 4, 9],
      [3, 2, 1, 0],
    ],
    [
      [3, 2, 4, 2, 3],
      [4, 2, 0, 3, 1],
    ],
    [
      [2, 1, 3, 1, 4, 5],
      [0, 5, 3, 4, 1, 2],
    ],
    // Short runs at the end.
    [
      [2, 3, 4, 2],
      [2, 1, 0, 3],
    ],
  ] as Case[])('of [%s] to (%s) takes two steps', async (shape, permutation) => {
    expect(await transposesFor(shape, permutation)).toBe(2)
  })
})

describe('what stays one step', () => {
  it.each([
    // One axis moves.
    [
      [2, 3, 4, 5],
      [0, 2, 3, 1],
    ],
    [
      [2, 3, 4, 5],
      [0, 3, 1, 2],
    ],
    [
      [2, 3, 4, 5],
      [0, 2, 1, 3],
    ],
    [
      [2, 3, 4, 5],
      [0, 1, 3, 2],
    ],
    [
      [4, 5],
      [1, 0],
    ],
    // Axes that stay side by side move as one.
    [
      [2, 3, 4, 5],
      [2, 3, 0, 1],
    ],
    // Axes of length 1 are nowhere in particular.
    [
      [2, 1, 4, 5],
      [0, 3, 1, 2],
    ],
    [
      [1, 3, 1, 5],
      [2, 3, 0, 1],
    ],
    [
      [1, 1],
      [1, 0],
    ],
    // Long runs at the end.
    [
      [2, 3, 4, 8],
      [2, 1, 0, 3],
    ],
  ] as Case[])('of [%s] to (%s)', async (shape, permutation) => {
    expect(await transposesFor(shape, permutation)).toBe(1)
  })

  it('what is no transpose', async () => {
    const { after } = await expectUnchanged(splitTransposes, { x: fed([2, 3], [1, 2, 3, 4, 5, 6]) }, (t) => ({
      y: reshape(t.x, [3, 2]),
    }))
    expect(after).toEqual({ Reshape: 1 })
  })
})
