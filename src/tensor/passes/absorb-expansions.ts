import { broadcastShapes } from '../broadcast.ts'
import { apply } from '../operator.ts'
import { type Node, type Shape, sameShape } from '../tensor.ts'
import type { Rule } from './rewrite.ts'

const BROADCASTING = new Set(['Add', 'Sub', 'Mul', 'Div', 'Max', 'Min'])

/** An operand without its expansion, where the result keeps its shape. */
export const absorbExpansions: Rule = (node, inputs) => {
  const broadcasting = BROADCASTING.has(node.operator)
  if (!broadcasting && node.operator !== 'MatMul') return undefined
  const sources = inputs.map((t) => (t.node.operator === 'Expand' ? t.node.inputs[0] : t))
  let changed = false
  const result = inputs.slice()
  sources.forEach((source, i) => {
    if (source === inputs[i]) return
    const other = result[1 - i]
    const fits = broadcasting
      ? keeps(source.shape, other.shape, node)
      : sameShape(source.shape.slice(-2), inputs[i].shape.slice(-2)) &&
        keeps(source.shape.slice(0, -2), other.shape.slice(0, -2), node, 2)
    if (!fits) return
    result[i] = source
    changed = true
  })
  return changed ? [apply(node.operator, result, node.attributes)] : undefined
}

function keeps(a: Shape, b: Shape, node: Node, ignored = 0): boolean {
  const shape = broadcastShapes(a, b)
  const wanted = node.outputs[0].shape
  return shape !== undefined && sameShape(shape, wanted.slice(0, wanted.length - ignored))
}
