import { describe, it } from 'vitest'
import {
  absolute,
  acos,
  argMax,
  argMin,
  asin,
  atan,
  atan2,
  cast,
  ceil,
  cos,
  cosineSimilarity,
  einsum,
  elu,
  erf,
  exp,
  floor,
  gelu,
  hardSigmoid,
  hardSwish,
  l1Norm,
  l2Norm,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  min,
  minimum,
  modulo,
  normalize,
  power,
  prelu,
  product,
  qr,
  relu,
  round,
  sigmoid,
  sign,
  silu,
  sin,
  softmax,
  softplus,
  solveTriangular,
  squaredDistances,
  sum,
  type Tensor,
  tanh,
  variance,
} from '../../src/tensor/index.ts'
import { checkReference, type ReferenceCase, referenceCases } from './reference-cases.ts'

type Options = ReferenceCase['options']

type Call = (options: Options, ...tensors: Tensor[]) => Tensor

/** A function of one or two tensors only. */
const plain =
  (operator: (a: Tensor, b: Tensor) => Tensor): Call =>
  (_, ...tensors) =>
    operator(...(tensors as [Tensor, Tensor]))

/** A reduction that takes the reduced axes away. */
const reduction =
  (operator: (x: Tensor, axes: number[], options: Options) => Tensor): Call =>
  ({ axes, ...options }, x) =>
    operator(x, axes, { ...options, keepAxes: false })

const onePlain = { absolute, acos, asin, atan, ceil, cos, erf, exp, floor, hardSigmoid, hardSwish, logSigmoid, relu }
const morePlain = {
  round,
  sigmoid,
  sign,
  silu,
  sin,
  tanh,
  atan2,
  matmul,
  maximum,
  minimum,
  modulo,
  prelu,
  squaredDistances,
}
const reductions = { sum, max, min, product, variance, logSumExp, l1Norm, l2Norm }

const calls: Record<string, Call> = {
  ...Object.fromEntries(Object.entries({ ...onePlain, ...morePlain }).map(([name, f]) => [name, plain(f)])),
  ...Object.fromEntries(Object.entries(reductions).map(([name, f]) => [name, reduction(f)])),
  argMax: ({ axis }, x) => cast(argMax(x, axis, { keepAxes: false }), 'f32'),
  argMin: ({ axis }, x) => cast(argMin(x, axis, { keepAxes: false }), 'f32'),
  cosineSimilarity: ({ axis }, a, b) => cosineSimilarity(a, b, axis),
  einsum: ({ equation }, ...tensors) => einsum(equation, ...tensors),
  elu: ({ alpha }, x) => elu(x, alpha),
  gelu: (options, x) => gelu(x, options),
  leakyRelu: ({ slope }, x) => leakyRelu(x, slope),
  logSoftmax: ({ axis }, x) => logSoftmax(x, axis),
  normalize: ({ axis, eps }, x) => normalize(x, axis, eps),
  power: ({ exponent }, a, b) => power(a, exponent ?? b),
  qr: ({ part }: { part: 'q' | 'r' }, a) => qr(a)[part],
  softmax: ({ axis }, x) => softmax(x, axis),
  softplus: ({ beta }, x) => softplus(x, beta),
  solveTriangular: (options, a, b) => solveTriangular(a, b, options),
}

/** Made by reference/operators.py. */
const cases = referenceCases('operators')

describe('operators agree with PyTorch', () => {
  it.each(cases.map((c, i) => [`${c.operator} ${c.name || i}`, c] as const))('%s', async (_, reference) => {
    const { operator, options } = reference
    await checkReference(reference, (tensors) => calls[operator](options, ...Object.values(tensors)), 1e-5)
  })
})
