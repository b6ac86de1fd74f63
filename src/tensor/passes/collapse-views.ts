import { reshape, transpose } from '../functions/layout.ts'
import { sameShape } from '../tensor.ts'
import type { Rule } from './rewrite.ts'

/** A view of a view of the same kind as one view, or none where they lead back. */
export const collapseViews: Rule = (node, [x]) => {
  if (node.operator === 'Reshape') {
    const source = x.node.operator === 'Reshape' ? x.node.inputs[0] : x
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
  return undefined
}
