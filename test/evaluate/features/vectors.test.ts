import { expect, it } from 'vitest'
import { unitVectors } from '../../../src/evaluate/features/vectors.ts'

it('unit vectors have length 1, except those of length 0', () => {
  const { data } = unitVectors({ data: Float32Array.of(3, 4, 0, 0), count: 2, size: 2 })
  expect(Array.from(data)).toEqual([0.6, 0.8, 0, 0])
})
