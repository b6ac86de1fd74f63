import { constantNumber, scalar } from '../functions/constant.ts'
import { sameShape, type Tensor } from '../tensor.ts'
import type { Rule } from './rewrite.ts'

/** x * 1, x + 0 and x / 1 as x, where that has the shape of the result; products of two numbers multiplied out. */
export const neutralElements: Rule = (node, [a, b]) => {
  if (a?.dtype !== 'f32') return undefined
  const kept = (x: Tensor) => (sameShape(x.shape, node.outputs[0].shape) ? [x] : undefined)
  const [u, v] = [a, b].map((t) => (t ? constantNumber(t) : undefined))
  switch (node.operator) {
    case 'Mul':
      if (u !== undefined && v !== undefined && a.rank === 0 && b.rank === 0) return [scalar(u * v)]
      if (v === 1) return kept(a)
      return u === 1 ? kept(b) : undefined
    case 'Add':
      if (v === 0) return kept(a)
      return u === 0 ? kept(b) : undefined
    case 'Div':
      return v === 1 ? kept(a) : undefined
    default:
      return undefined
  }
}
