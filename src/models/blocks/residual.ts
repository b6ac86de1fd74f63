import { BatchNorm, type Conv2dOptions, type Forward, pointwise, Sequential } from '../../nn/index.ts'
import { add, type Tensor } from '../../tensor/index.ts'
import type { Stage } from './stages.ts'

/** What a block adds to its output: nothing, its input, or a projection of it. */
export type Residual = 'none' | 'input' | Forward

/** The rule of ST-GCN and its descendants: the input itself where width and length stay, else a projection. */
export function residualOf(stage: Stage, project: (stage: Stage) => Forward): Residual {
  if (!stage.residual) return 'none'
  return stage.inChannels === stage.outChannels && stage.stride === 1 ? 'input' : project(stage)
}

/** y plus what the residual path makes of the block's input x. */
export function addResidual(y: Tensor, x: Tensor, residual: Residual): Tensor {
  if (residual === 'none') return y
  return add(y, residual === 'input' ? x : residual.forward(x))
}

/** The projection inside a graph convolution, a 1x1 convolution with normalisation; none where widths are equal. */
export function channelProjection(
  inChannels: number,
  outChannels: number,
  options?: Conv2dOptions,
): Sequential | undefined {
  if (inChannels === outChannels) return undefined
  return new Sequential(pointwise(inChannels, outChannels, options), new BatchNorm(outChannels))
}
