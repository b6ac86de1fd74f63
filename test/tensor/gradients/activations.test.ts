import { describe, it } from 'vitest'
import {
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  logSigmoid,
  prelu,
  type Shape,
  silu,
  softplus,
  type Tensor,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, randomFed } from '../run-graph.ts'

/** Values 0.1 and more away from the kinks at -3, 0 and 3. */
const x = fed([2, 5], [-4.1, -3.2, -2.7, -1.3, -0.2, 0.15, 1.2, 2.8, 3.3, 5])

const activations: Record<string, (x: Tensor) => Tensor> = {
  leakyRelu,
  'leakyRelu 0.3': (t) => leakyRelu(t, 0.3),
  elu,
  'elu 1.5': (t) => elu(t, 1.5),
  gelu,
  'gelu by tanh': (t) => gelu(t, { approximate: 'tanh' }),
  silu,
  softplus: (t) => softplus(t),
  'softplus 3': (t) => softplus(t, 3),
  logSigmoid,
  hardSigmoid,
  hardSwish,
}

describe('gradient of activations', () => {
  it.each(Object.entries(activations))('%s', async (_, activation) => {
    await checkGradient({ x }, (t) => activation(t.x))
  })

  it.each([
    [[2, 3, 2], [3]],
    [[2, 3], [3]],
    [[4, 2, 2, 2], [1]],
    [[6], [1]],
    [[2, 1, 3], [1]],
  ] as [Shape, Shape][])('prelu of x [%s] and weight [%s]', async (shape, weights) => {
    const away = randomFed(shape, 1).data as Float32Array
    const inputs = {
      x: fed(
        shape,
        away.map((v) => v + Math.sign(v) * 0.1),
      ),
      weight: randomFed(weights, 2),
    }
    await checkGradient(inputs, (t) => prelu(t.x, t.weight))
  })
})
