import { type BatchNorm, batchNorm, type Conv2d, type Sequential } from '../../../nn/index.ts'
import { relu, split, type Tensor } from '../../../tensor/index.ts'
import { convolveTogether } from '../joined-convolution.ts'

/**
 * The first three parts, 1x1 convolution, batch normalisation and ReLU, of several branches on one input.
 * Side by side they are one convolution and one normalisation of the joined channels: the same numbers,
 * with one pass over the input instead of one per branch.
 */
export function reduceTogether(x: Tensor, branches: readonly Sequential[]): readonly Tensor[] {
  const convolutions = branches.map((branch) => branch.at(0) as Conv2d)
  const norms = branches.map((branch) => branch.at(1) as BatchNorm)
  const reduced = relu(batchNorm(convolveTogether(x, convolutions), norms))
  const widths = convolutions.map((conv) => conv.weight.shape[0])
  return split(reduced, 1, widths)
}
