import { describe, expect, it } from 'vitest'
import { layerNormalization, multiply, type Shape } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, randomFed, runGraph } from '../run-graph.ts'

describe('gradient of layer normalisation', () => {
  it.each([
    [[3, 5], [5]],
    [[2, 3, 4], [4]],
    [
      [2, 3, 4],
      [3, 4],
    ],
    [[6], [6]],
    [
      [2, 1, 3],
      [1, 3],
    ],
  ] as [Shape, Shape][])('of x [%s] over [%s]', async (shape, normalized) => {
    const inputs = {
      x: randomFed(shape, 1, -2, 2),
      scale: randomFed(normalized, 2, 0.5, 1.5),
      bias: randomFed(normalized, 3),
      weight: randomFed(shape, 4),
    }
    await checkGradient(inputs, ({ x, scale, bias, weight }) =>
      multiply(layerNormalization(x, normalized, { scale, bias, epsilon: 0.1 }), weight),
    )
    await checkGradient({ x: inputs.x, weight: inputs.weight }, ({ x, weight }) =>
      multiply(layerNormalization(x, normalized, { epsilon: 0.1 }), weight),
    )
  })
})

describe('layer normalisation', () => {
  it('is exact where the mean is far larger than the deviation', async () => {
    const x = fed([2, 4], [1e5 - 1, 1e5 + 1, 1e5 - 1, 1e5 + 1, -1e6 + 3, -1e6 - 3, -1e6 + 3, -1e6 - 3])
    const { y } = await runGraph({ x }, (t) => ({ y: layerNormalization(t.x, [4], { epsilon: 0 }) }))
    expect(Array.from(y)).toEqual([-1, 1, -1, 1, 1, -1, 1, -1])
  })

  it('of equal numbers is the bias', async () => {
    const inputs = { x: fed([1, 3], [7, 7, 7]), bias: fed([3], [1, 2, 3]) }
    const { y } = await runGraph(inputs, (t) => ({ y: layerNormalization(t.x, [3], { bias: t.bias }) }))
    expect(Array.from(y)).toEqual([1, 2, 3])
  })

  it('spreads NaN over its row only', async () => {
    const x = fed([2, 2], [Number.NaN, 1, 1, 3])
    const { y } = await runGraph({ x }, (t) => ({ y: layerNormalization(t.x, [2], { epsilon: 0 }) }))
    expect(Array.from(y)).toEqual([Number.NaN, Number.NaN, -1, 1])
  })
})
