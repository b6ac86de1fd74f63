import { apply, type Rule, reshape, rewrite, sameShape, type Tensor } from '../../tensor/index.ts'
import { OPERAND_ORDERS, type UseCounts } from '../../tensor/passes/rewrite.ts'

/**
 * a*x + c per channel, with an added tensor and a ReLU where they follow, as one depthwise 1x1 convolution:
 * one pass over memory instead of two to four.
 */
export function fuseAffine(roots: readonly Tensor[]): Tensor[] {
  return rewrite(rewrite(rewrite(roots, affine), residual), activation)
}

const affine: Rule = (node, inputs, uses) => {
  if (node.operator !== 'Add' || node.outputs[0].dtype !== 'f32') return undefined
  for (const [i, j] of OPERAND_ORDERS) {
    const product = inputs[i]
    const offset = inputs[j]
    if (product.node.operator !== 'Mul' || !usedOnce(node.inputs[i], uses) || !perChannel(offset, product)) continue
    const [x, scale] = operands(product)
    if (!x) continue
    return [fused(x, scale, offset, undefined, '')]
  }
  return undefined
}

/** x and the per-channel factor of a product, in that order. */
function operands(product: Tensor): [Tensor, Tensor] | [undefined, undefined] {
  const [a, b] = product.node.inputs
  if (sameShape(a.shape, product.shape) && perChannel(b, product)) return [a, b]
  if (sameShape(b.shape, product.shape) && perChannel(a, product)) return [b, a]
  return [undefined, undefined]
}

function perChannel(t: Tensor, x: Tensor): boolean {
  const channels = x.shape[1]
  return x.rank === 4 && t.rank === 4 && t.shape[1] === channels && t.shape.every((n, i) => i === 1 || n === 1)
}

const residual: Rule = (node, inputs, uses) => {
  if (node.operator !== 'Add' || !sameShape(inputs[0].shape, inputs[1].shape)) return undefined
  for (const [i, j] of OPERAND_ORDERS) {
    const { operator, inputs: parts } = inputs[i].node
    if (operator !== 'FusedConv' || parts.length !== 3 || !usedOnce(node.inputs[i], uses)) continue
    return [fused(parts[0], parts[1], parts[2], inputs[j], '')]
  }
  return undefined
}

const activation: Rule = (node, [x], uses) => {
  if (node.operator !== 'Relu' || x.node.operator !== 'FusedConv' || !usedOnce(node.inputs[0], uses)) return undefined
  const [source, scale, offset, added] = x.node.inputs
  return [fused(source, scale, offset, added, 'Relu')]
}

function fused(x: Tensor, scale: Tensor, offset: Tensor, added: Tensor | undefined, activationName: string): Tensor {
  const channels = x.shape[1]
  const inputs = [x, reshape(scale, [channels, 1, 1, 1]), reshape(offset, [channels])]
  if (added) inputs.push(added)
  const attributes = {
    pads: [0, 0, 0, 0],
    strides: [1, 1],
    dilations: [1, 1],
    group: channels,
    kernel_shape: [1, 1],
    ...(activationName ? { activation: activationName } : {}),
  }
  return apply('FusedConv', inputs, attributes)
}

function usedOnce(t: Tensor, uses: UseCounts): boolean {
  return uses.get(t) === 1
}
