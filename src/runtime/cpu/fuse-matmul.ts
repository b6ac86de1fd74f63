import { apply, type Node, type Rule, rewrite, type Tensor } from '../../tensor/index.ts'

/** Matrix products that read a transposed operand in place instead of from a transposed copy. */
export function fuseMatmul(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, rule)
}

const rule: Rule = (node, inputs) => {
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

function swapsLastAxes({ operator, attributes }: Node): boolean {
  if (operator !== 'Transpose') return false
  const perm: number[] = attributes.perm
  const n = perm.length
  return perm.every((axis, i) => axis === (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i))
}
