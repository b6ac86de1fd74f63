import { describe, it } from 'vitest'
import { concat, qr, type Shape, solveTriangular } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, randomFed } from '../run-graph.ts'

/** Random matrices with a multiple of the unit matrix added, far from singular. */
function regular(shape: Shape, seed: number) {
  const [m, n] = shape.slice(-2)
  const { data } = randomFed(shape, seed, -0.5, 0.5)
  return fed(
    shape,
    Array.from(data, (v, i) => v + (Math.floor(i / n) % m === i % n ? 1.5 : 0)),
  )
}

describe('gradient of qr', () => {
  it.each([[[3, 3]], [[4, 2]], [[2, 3, 2]], [[3, 1]], [[1, 1]]] as [Shape][])('of a [%s]', async (shape) => {
    const a = regular(shape, 1)
    await checkGradient({ a }, (t) => {
      const { q, r } = qr(t.a)
      return concat([q, r], -2)
    })
  })
})

describe('gradient of solveTriangular', () => {
  it.each([
    [
      [3, 3],
      [3, 2],
    ],
    [
      [2, 2, 2],
      [2, 3],
    ],
    [
      [2, 2],
      [3, 2, 1],
    ],
    [
      [1, 1],
      [1, 2],
    ],
  ] as [Shape, Shape][])('of a [%s] and b [%s]', async (matrix, right) => {
    const inputs = { a: regular(matrix, 1), b: randomFed(right, 2) }
    for (const lower of [false, true]) await checkGradient(inputs, ({ a, b }) => solveTriangular(a, b, { lower }))
  })
})
