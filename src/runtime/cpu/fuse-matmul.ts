import { apply, constantNumber, type Node, type Rule, rewrite, sameShape, type Tensor } from '../../tensor/index.ts'
import { OPERAND_ORDERS } from '../../tensor/passes/rewrite.ts'

/**
 * Matrix products that read a transposed operand in place instead of from a transposed copy, and that multiply by a
 * number on the way.
 */
export function fuseMatmul(roots: readonly Tensor[]): Tensor[] {
  return rewrite(rewrite(roots, transposed), scaled)
}

const transposed: Rule = (node, inputs) => {
  if (node.operator !== 'MatMul' || node.outputs[0].dtype !== 'f32') return undefined
  const [a, b] = inputs.map((t) => (swapsLastAxes(t.node) ? t.node.inputs[0] : t))
  if (a === inputs[0] && b === inputs[1]) return undefined
  const attributes = {
    transA: a === inputs[0] ? 0 : 1,
    transB: b === inputs[1] ? 0 : 1,
    alpha: 1,
    batch: node.outputs[0].shape.slice(0, -2),
  }
  return [apply('FusedMatMul', [a, b], attributes)]
}

const scaled: Rule = (node, inputs, uses) => {
  if (node.operator !== 'Mul' || node.outputs[0].dtype !== 'f32') return undefined
  for (const [i, j] of OPERAND_ORDERS) {
    const product = inputs[i]
    const factor = constantNumber(inputs[j])
    if (factor === undefined || !sameShape(product.shape, node.outputs[0].shape)) continue
    const { operator, inputs: operands, attributes } = product.node
    if ((operator !== 'MatMul' && operator !== 'FusedMatMul') || uses.get(node.inputs[i]) !== 1) continue
    const plain = { transA: 0, transB: 0, alpha: 1, batch: product.shape.slice(0, -2) }
    const given = operator === 'MatMul' ? plain : attributes
    return [apply('FusedMatMul', operands, { ...given, alpha: given.alpha * factor })]
  }
  return undefined
}

function swapsLastAxes({ operator, attributes }: Node): boolean {
  if (operator !== 'Transpose') return false
  const perm: number[] = attributes.perm
  const n = perm.length
  return perm.every((axis, i) => axis === (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i))
}
