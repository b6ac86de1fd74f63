import { describe, expect, it } from 'vitest'
import {
  absolute,
  adaptiveAveragePool,
  add,
  averagePool,
  cast,
  clamp,
  concat,
  convolution,
  cumulativeSum,
  divide,
  einsum,
  elu,
  exp,
  expand,
  flip,
  full,
  gelu,
  gradients,
  interpolate,
  l2Norm,
  layerNormalization,
  leakyRelu,
  less,
  log,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  maxPool,
  mean,
  multiply,
  normalize,
  pad,
  power,
  prelu,
  product,
  relu,
  reshape,
  roll,
  sigmoid,
  silu,
  sin,
  slice,
  softmax,
  softplus,
  sort,
  split,
  sqrt,
  subtract,
  sum,
  type Tensor,
  tanh,
  tile,
  topK,
  transpose,
  transposedConvolution,
  upperTriangle,
  variance,
  where,
} from '../../src/tensor/index.ts'
import { fed, randomFed, runGraph } from './run-graph.ts'

/** Operations on x (2, 4, 6) in [0.2, 2), and on another tensor of its type and shape. */
const operations: Readonly<Record<string, (x: Tensor, other: Tensor) => Tensor>> = {
  'arithmetic with tensors and numbers': (x, other) => divide(subtract(multiply(x, 3), add(x, other)), add(other, 0.5)),
  'powers and roots': (x) => add(power(x, 3), sqrt(x)),
  'elementary functions': (x) => add(exp(x), add(log(x), add(sin(x), absolute(subtract(x, 1))))),
  'rectified activations': (x) => [relu, leakyRelu, elu].map((f) => f(subtract(x, 1))).reduce(add),
  'smooth activations': (x) => add(sigmoid(x), add(tanh(x), add(gelu(x), add(silu(x), softplus(x))))),
  PReLU: (x, other) => prelu(subtract(x, 1), reshape(slice(slice(other, 0, 0, 1), 2, 0, 1), [4])),
  extremes: (x, other) => add(maximum(x, other), clamp(x, 0.5, 1)),
  choice: (x, other) => where(less(x, other), x, multiply(other, 2)),
  'sums and means': (x) => add(sum(x, [1]), mean(x, [2])),
  variance: (x) => variance(x, [1, 2]),
  'largest and product': (x) => add(max(x, [2]), product(x, [2])),
  norms: (x) => add(l2Norm(x, [2]), normalize(x)),
  softmax: (x) => add(softmax(x, 1), add(logSoftmax(x, 2), logSumExp(x, [1]))),
  'matrix products': (x, other) => add(matmul(x, transpose(other, [0, 2, 1])), einsum('bij,bkj->bik', x, other)),
  convolution: (x, other) => convolution(x, slice(other, 2, 0, 3), undefined, { padding: [1, 1], strides: [2] }),
  'transposed convolution': (x, other) =>
    transposedConvolution(x, transpose(slice(other, 2, 0, 3), [1, 0, 2]), undefined, { strides: [2] }),
  pooling: (x) => add(maxPool(x, [2]), add(averagePool(x, [2]), adaptiveAveragePool(x, [3]))),
  'layer normalisation': (x, other) =>
    layerNormalization(x, [6], { scale: reshape(slice(slice(other, 0, 0, 1), 1, 0, 1), [6]) }),
  layout: (x) => roll(flip(pad(concat(split(tile(x, [1, 1, 2]), 2, [5, 7]), 2), 2, 1, 1), [1]), 1, 2),
  expansion: (x) => multiply(expand(slice(x, 1, 0, 1), [2, 4, 6]), x),
  'cumulative sum': (x) => cumulativeSum(x, 2),
  order: (x) => add(topK(x, 3).values, slice(sort(x).values, 2, 0, 3)),
  interpolation: (x) => interpolate(x, [12]),
  triangle: (x) => upperTriangle(x),
}

/** A result and its gradients, of a weighted sum of the elements, computed in a type from halves. */
async function computedIn(dtype: 'f32' | 'f16', operation: (x: Tensor, other: Tensor) => Tensor) {
  const fed = { x: randomFed([2, 4, 6], 1, 0.2, 2), other: randomFed([2, 4, 6], 2, 0.2, 2) }
  return runGraph(fed, (given) => {
    const [x, other] = [given.x, given.other].map((t) => cast(cast(t, 'f16'), dtype))
    const y = operation(x, other)
    expect(y.dtype).toBe(dtype)
    const [dx, dother] = gradients(sum(multiply(cast(y, 'f32'), cumulativeSum(full(y.shape, 0.1), -1))), [x, other])
    const found = { y, ...(dx && { dx }), ...(dother && { dother }) }
    return Object.fromEntries(Object.entries(found).map(([name, t]) => [name, cast(t, 'f32')]))
  })
}

describe('in half precision', () => {
  it('numbers are rounded to 11 binary digits', async () => {
    const { y } = await runGraph({ x: fed([2], [0, 1]) }, ({ x }) => ({ y: cast(add(cast(x, 'f16'), 0.1), 'f32') }))
    expect(y[0]).toBe(0.0999755859375)
  })

  it.each(Object.entries(operations))('%s: as in single precision, to a few roundings', async (_, operation) => {
    const [half, single] = [await computedIn('f16', operation), await computedIn('f32', operation)]
    for (const [name, values] of Object.entries(single)) {
      const largest = Math.max(...values.map(Math.abs))
      for (const [i, value] of values.entries()) {
        expect(Math.abs(half[name][i] - value) / largest, `${name}[${i}]`).toBeLessThan(8 * 2 ** -11)
      }
    }
  })
})
