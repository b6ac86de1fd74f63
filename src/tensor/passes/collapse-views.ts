import { reshape, transpose } from '../functions/layout.ts'
import { sameShape, type Tensor } from '../tensor.ts'
import type { Rule } from './rewrite.ts'

/**
 * A view of a view of the same kind as one view, or none where they lead back; a permutation that moves axes of length 1
 * only as a view.
 */
export const collapseViews: Rule = (node, [x]) => {
  if (node.operator === 'Reshape') {
    const source = reshaped(x)
    if (source !== x || sameShape(source.shape, node.outputs[0].shape)) return [reshape(source, node.outputs[0].shape)]
  }
  if (node.operator === 'Transpose' && x.node.operator === 'Transpose') {
    const inner: number[] = x.node.attributes.perm
    return [
      transpose(
        x.node.inputs[0],
        node.attributes.perm.map((axis: number) => inner[axis]),
      ),
    ]
  }
  if (node.operator === 'Transpose') {
    const long: number[] = node.attributes.perm.filter((axis: number) => x.shape[axis] !== 1)
    if (long.every((axis, i) => i === 0 || axis > long[i - 1])) return [reshape(reshaped(x), node.outputs[0].shape)]
  }
  return undefined
}

/** The tensor that x is a reshape of, or x. */
const reshaped = (x: Tensor): Tensor => (x.node.operator === 'Reshape' ? x.node.inputs[0] : x)
