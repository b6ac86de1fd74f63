import { apply, full, type Rule, reshape, rewrite, sizeOf, type Tensor } from '../../tensor/index.ts'

/** Below this length of a row the two ways take the same time. */
const SHORTEST = 1024

/**
 * A sum over the first axis, as of weight gradients over the batch, as the product of a row of ones with the rows:
 * 0.25 to 0.4 of the time of a reduction over an outer axis.
 */
export function sumRows(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, rule)
}

const rule: Rule = (node, [x]) => {
  if (node.operator !== 'ReduceSum' || x.dtype !== 'f32' || node.attributes.axes.join() !== '0') return undefined
  const rows = x.shape[0]
  const length = sizeOf(x.shape) / rows
  if (length < SHORTEST) return undefined
  const total = apply('MatMul', [full([1, rows], 1), reshape(x, [rows, length])])
  return [reshape(total, node.outputs[0].shape)]
}
