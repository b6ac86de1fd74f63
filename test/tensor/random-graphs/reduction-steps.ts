import * as t from '../../../src/tensor/index.ts'
import type { Source, Step } from './source.ts'

const overAxes =
  (compute: (x: t.Tensor, axes: number[], options: { keepAxes: boolean }) => t.Tensor): Step =>
  (s) => {
    const x = s.withAxes()
    return compute(x, s.axesOf(x), { keepAxes: s.chance(0.5) })
  }

const onAxis =
  (compute: (x: t.Tensor, axis: number, s: Source) => t.Tensor | readonly t.Tensor[]): Step =>
  (s) => {
    const x = s.withAxes()
    return compute(x, s.axisOf(x), s)
  }

export const REDUCTION_STEPS: Readonly<Record<string, Step>> = {
  sum: overAxes((x, axes, options) => t.multiply(t.sum(x, axes, options), 0.4)),
  sumOfProducts: overAxes((x, axes, options) => t.multiply(t.sum(t.square(x), axes, options), 0.3)),
  mean: overAxes(t.mean),
  max: overAxes(t.max),
  min: overAxes(t.min),
  product: overAxes((x, axes, options) => t.product(t.sin(x), axes, options)),
  variance: overAxes((x, axes, options) => t.variance(x, axes, { ...options, correction: 0 })),
  logSumExp: overAxes(t.logSumExp),
  l1Norm: overAxes((x, axes, options) => t.multiply(t.l1Norm(x, axes, options), 0.3)),
  l2Norm: overAxes((x, axes, options) => t.l2Norm(t.add(t.sigmoid(x), 0.2), axes, options)),
  normalize: onAxis((x, axis) => t.normalize(t.add(t.sigmoid(x), 0.2), axis)),
  cosineSimilarity: onAxis((x, axis, s) => {
    const [a, b] = [x, s.shaped(x.shape)].map((y) => t.add(t.sigmoid(y), 0.2))
    return t.cosineSimilarity(a, b, axis)
  }),
  argMax: onAxis((x, axis) => t.multiply(t.add(x, t.cast(t.argMax(x, axis), 'f32')), 0.4)),
  argMin: onAxis((x, axis) => t.multiply(t.add(x, t.cast(t.argMin(x, axis), 'f32')), 0.4)),
  softmax: onAxis((x, axis) => t.softmax(x, axis)),
  logSoftmax: onAxis((x, axis) => t.logSoftmax(x, axis)),
  layerNormalization: onAxis((x, axis, s) => {
    const shape = x.shape.slice(axis)
    const [scale, bias] = [s.shaped(shape), s.chance(0.5) ? s.shaped(shape) : undefined]
    // With such an epsilon the gradient at rows of nearly equal numbers stays small beside rounding.
    return t.layerNormalization(x, shape, { scale, bias, epsilon: 0.1 })
  }),
  cumulativeSum: onAxis((x, axis, s) =>
    t.multiply(t.cumulativeSum(x, axis, { exclusive: s.chance(0.5), reverse: s.chance(0.5) }), 0.5),
  ),
  topK: onAxis((x, axis, s) => {
    const { values, indices } = t.topK(x, s.whole(1, x.shape[axis]), { axis, smallest: s.chance(0.5) })
    return [values, t.add(values, t.multiply(t.cast(indices, 'f32'), 0.1))]
  }),
  sort: onAxis((x, axis, s) => t.sort(x, { axis, descending: s.chance(0.5) }).values),

  matmul: (s) => {
    const [n, k, m] = s.shape(3)
    const batches = s.chance(0.5) ? [[], []] : [[s.whole(1, 2), 2], [2]].map((b) => (s.chance(0.5) ? b : [1]))
    const a = s.shaped([...batches[0], n, k])
    const b = s.chance(0.3) ? t.swapLastAxes(s.shaped([...batches[1], m, k])) : s.shaped([...batches[1], k, m])
    return t.multiply(t.matmul(a, b), 0.5)
  },
  matmulOfVectors: (s) => {
    const [n, k] = s.shape(2)
    return t.matmul(t.tanh(s.shaped([k])), t.tanh(s.shaped(s.chance(0.5) ? [k] : [k, n])))
  },
  linear: (s) => {
    const [n, from, to] = s.shape(3)
    return t.multiply(t.linear(s.shaped([n, from]), s.shaped([to, from]), s.shaped([to])), 0.5)
  },
  einsum: (s) => {
    const [a, b, c] = s.shape(3, 3)
    return t.multiply(t.einsum('abc,cd->bad', s.shaped([a, b, c]), s.shaped([c, 2])), 0.4)
  },
  squaredDistances: (s) => {
    const [n, m, d] = s.shape(3, 3)
    return t.multiply(t.squaredDistances(s.shaped([n, d]), s.constant([m, d], 1, 3)), 0.2)
  },
}
