import { add } from '../functions/arithmetic.ts'
import { sameShape, type Tensor } from '../tensor.ts'
import { alignedConstant } from './channel-constants.ts'
import { isConstant } from './fold-constants.ts'
import { firstOf, OPERAND_ORDERS, type Rule, rewrite } from './rewrite.ts'
import { scaledProducer } from './scale-producer.ts'
import { shiftedProducer } from './shift-producer.ts'

/**
 * Constant factors and addends moved into the constants that their operand is computed from. Batch normalisation with
 * fixed statistics thus becomes part of the convolution in front of it, also across views, sums and matrix products.
 * Changes results within the rounding of the operations that are left out.
 */
export function absorbConstants(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, firstOf(absorbFactor, absorbAddend, passAddendOn))
}

const absorbFactor: Rule = (node, inputs, uses) => {
  if (node.operator !== 'Mul' || inputs.every(isConstant)) return undefined
  for (const [i, j] of OPERAND_ORDERS) {
    const scale = alignedConstant(inputs[j], inputs[i])
    const result = scale && scaledProducer(inputs[i], scale, uses)
    if (result) return [result]
  }
  return undefined
}

const absorbAddend: Rule = (node, inputs, uses) => {
  if (node.operator !== 'Add' || inputs.every(isConstant)) return undefined
  for (const [i, j] of OPERAND_ORDERS) {
    const offset = alignedConstant(inputs[j], inputs[i])
    const result = offset && shiftedProducer(inputs[i], offset, uses)
    if (result) return [result]
  }
  return undefined
}

/** (x + c) + y as x + (y + c), where y takes the constant in. */
const passAddendOn: Rule = (node, inputs, uses) => {
  if (node.operator !== 'Add' || !sameShape(inputs[0].shape, inputs[1].shape)) return undefined
  for (const [i, j] of OPERAND_ORDERS) {
    const total = inputs[i]
    if (total.node.operator !== 'Add' || (uses.get(total) ?? 1) > 1) continue
    for (const [k, l] of OPERAND_ORDERS) {
      const [x, addend] = [total.node.inputs[k], total.node.inputs[l]]
      const offset = sameShape(x.shape, total.shape) ? alignedConstant(addend, inputs[j]) : undefined
      const shifted = offset && shiftedProducer(inputs[j], offset, uses)
      if (shifted) return [add(x, shifted)]
    }
  }
  return undefined
}
