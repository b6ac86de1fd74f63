import { apply, type Rule, reshape, rewrite, sizeOf, type Tensor, transpose } from '../../tensor/index.ts'

/**
 * Convolutions with more than one tap in the runtime's blocked layout, whose kernels are faster: 1.3 times for 9 taps,
 * the reordering of the tensors included. The runtime does this by itself only where the weights are constant.
 * @param block channels per block, see `blockSize`
 */
export function blockConvolutions(roots: readonly Tensor[], block: number): Tensor[] {
  const rule: Rule = (node, [x, weight, bias]) => {
    if (node.operator !== 'Conv' || !fits(weight, node.attributes.group, block)) return undefined
    const inputs = [apply('ReorderInput', [x]), blocked(weight, block), ...(bias ? [bias] : [])]
    const y = apply('BlockedConv', inputs, node.attributes)
    return [apply('ReorderOutput', [y], { channels: y.shape[1] })]
  }
  return rewrite(roots, rule)
}

function fits(weight: Tensor, group: number, block: number): boolean {
  const [O, C, ...kernel] = weight.shape
  return group === 1 && weight.rank === 4 && sizeOf(kernel) > 1 && O % block === 0 && C % block === 0
}

/** Weights (O, C, kh, kw) in the order of the blocked kernels: (O / b, C / b, kh, kw, b of C, b of O). */
function blocked(weight: Tensor, block: number): Tensor {
  const [O, C, height, width] = weight.shape
  const split = reshape(weight, [O / block, block, C / block, block, height, width])
  return reshape(transpose(split, [0, 2, 4, 5, 3, 1]), weight.shape)
}
