import { describe, it } from 'vitest'
import { cosineSimilarity, normalize, type Shape, squaredDistances } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { randomFed } from '../run-graph.ts'

describe('gradient of normalize', () => {
  it.each([
    [[3, 4], 1],
    [[2, 3, 2], -1],
    [[4], 0],
    [[2, 1], 0],
  ] as [Shape, number][])('of x [%s] along axis %s', async (shape, axis) => {
    const x = randomFed(shape, 1, 0.5, 1.5)
    await checkGradient({ x }, (t) => normalize(t.x, axis))
    await checkGradient({ x }, (t) => normalize(t.x, axis, 5))
  })
})

describe('gradient of similarities and distances', () => {
  it.each([
    [[3, 4], [3, 4], 1],
    [[3, 1, 4], [2, 4], -1],
    [[4], [4], 0],
    [[2, 3, 2], [1, 3, 1], 1],
  ] as [Shape, Shape, number][])('cosine of [%s] and [%s] along axis %s', async (first, second, axis) => {
    // No shorter than 0.5, so that the curvature is small beside the step of the differences.
    const inputs = { a: randomFed(first, 1, 0.5, 1.5), b: randomFed(second, 2, -1.5, -0.5) }
    await checkGradient(inputs, ({ a, b }) => cosineSimilarity(a, b, axis))
  })

  it.each([
    [
      [3, 4],
      [2, 4],
    ],
    [
      [2, 3, 2],
      [4, 2],
    ],
    [
      [1, 1],
      [3, 1],
    ],
  ] as [Shape, Shape][])('squared distances of [%s] and [%s]', async (first, second) => {
    const inputs = { a: randomFed(first, 1), b: randomFed(second, 2, 1, 2) }
    await checkGradient(inputs, ({ a, b }) => squaredDistances(a, b))
  })
})
