import { apply, type Rule, reshape, rewrite, sameShape, sizeOf, type Tensor } from '../../tensor/index.ts'

/** Below this many summed elements per channel a product and a sum are faster than a matrix product of vectors. */
const SHORTEST = 512

/**
 * Sums of products per channel, sum over n, t, v of x * y, as dot products of rows:
 * the product is never written to memory (0.4 of the time at 1,600 elements per row).
 */
export function fuseDot(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, rule)
}

const rule: Rule = (node, [x], uses) => {
  if (node.operator !== 'ReduceSum' || x.dtype !== 'f32' || x.node.operator !== 'Mul' || x.rank < 3) return undefined
  const axes: number[] = node.attributes.axes
  const trailing = x.shape.map((_, i) => i).slice(2)
  const expected = x.shape[0] === 1 ? trailing : [0, ...trailing]
  if (axes.join() !== expected.join() || (uses.get(node.inputs[0]) ?? 0) > 1) return undefined
  const [a, b] = x.node.inputs
  const [batch, channels] = x.shape
  const length = sizeOf(x.shape.slice(2))
  if (!sameShape(a.shape, x.shape) || !sameShape(b.shape, x.shape) || length < SHORTEST) return undefined
  const rows = (t: Tensor) => reshape(t, [batch * channels, 1, length])
  const dots = apply('FusedMatMul', [rows(a), rows(b)], { transA: 0, transB: 1, alpha: 1, batch: [batch * channels] })
  const total = apply('ReduceSum', [reshape(dots, [batch, channels])], { axes: [0] })
  return [reshape(total, node.outputs[0].shape)]
}
