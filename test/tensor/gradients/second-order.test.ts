import { describe, it } from 'vitest'
import {
  absolute,
  atan2,
  clamp,
  einsum,
  elu,
  gelu,
  gradients,
  hardSwish,
  l2Norm,
  layerNormalization,
  leakyRelu,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  modulo,
  multiply,
  normalize,
  power,
  product,
  qr,
  relu,
  silu,
  softmax,
  softplus,
  solveTriangular,
  square,
  squaredDistances,
  sum,
  swapLastAxes,
  type Tensor,
  variance,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed } from '../run-graph.ts'

/** Matrices (2, 2) far from singular and from the kinks of the functions below. */
const x = fed([2, 2], [1.3, 0.4, -0.6, 1.7])
const one = (t: Tensor) => sum(square(t), [0])

const functions: Record<string, (x: Tensor) => Tensor> = {
  'power of a number': (t) => power(t, 3),
  'power of a tensor': (t) => power(absolute(t), t),
  modulo: (t) => square(modulo(t, 1.1)),
  atan2: (t) => atan2(t, one(t)),
  relu: (t) => square(relu(t)),
  clamp: (t) => square(clamp(t, -1, 1)),
  maximum: (t) => square(maximum(t, 0.9)),
  max: (t) => square(max(t, [1])),
  product: (t) => product(t, [0]),
  variance: (t) => variance(t, [1]),
  logSumExp: (t) => logSumExp(t, [1]),
  softmax: (t) => softmax(t),
  logSoftmax: (t) => square(logSoftmax(t)),
  l2Norm: (t) => l2Norm(t, [1]),
  normalize: (t) => normalize(t),
  layerNormalization: (t) => layerNormalization(t, [2, 2], { scale: t, epsilon: 0.1 }),
  squaredDistances: (t) => square(squaredDistances(t, multiply(t, 0.5))),
  leakyRelu: (t) => square(leakyRelu(t)),
  elu: (t) => elu(t),
  gelu: (t) => gelu(t),
  'gelu by tanh': (t) => gelu(t, { approximate: 'tanh' }),
  silu,
  softplus: (t) => softplus(t),
  hardSwish,
  matmul: (t) => matmul(t, swapLastAxes(t)),
  einsum: (t) => einsum('ij,kj,kl->il', t, t, t),
  solveTriangular: (t) => solveTriangular(t, square(t)),
  'q of qr': (t) => qr(t).q,
  'r of qr': (t) => qr(t).r,
}

describe('gradient of the gradient', () => {
  it.each(Object.entries(functions))('%s', async (_, body) => {
    const derivative = ({ x }: Readonly<Record<string, Tensor>>) => {
      const y = body(x)
      return gradients(sum(multiply(square(y), y)), [x])[0]!
    }
    await checkGradient({ x }, derivative, { step: 5e-3 })
  })
})
