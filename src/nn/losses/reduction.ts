import { mean, reshape, sameShape, shapeError, sum, type Tensor } from '../../tensor/index.ts'

/** What becomes of many losses: their mean, their sum, or themselves. */
export type Reduction = 'mean' | 'sum' | 'none'

export interface ReductionOptions {
  /** Default `mean`. */
  readonly reduction?: Reduction
}

/** The mean or sum of losses as a scalar, or the losses as they are. */
export function reduceLosses(losses: Tensor, reduction: Reduction = 'mean'): Tensor {
  if (reduction === 'none') return losses
  return reshape(reduction === 'sum' ? sum(losses) : mean(losses), [])
}

/** @throws OssatureError when the tensors have different shapes: broadcasting them in a loss is nearly always a mistake */
export function requireSameShape(loss: string, ...tensors: readonly Tensor[]): void {
  if (tensors.every(({ shape }) => sameShape(shape, tensors[0].shape))) return
  throw shapeError(loss, tensors, 'tensors of one shape')
}
