import { constant, type Shape, sameShape, shapeError, type Tensor } from '../../tensor/index.ts'

/**
 * Numbers by class as a tensor (classes).
 * @throws OssatureError when the logits (N, classes, ...) have more or fewer classes
 */
export function classRow(loss: string, logits: Tensor, numbers: readonly number[]): Tensor {
  requireClassRow(loss, logits, [numbers.length])
  return constant(Float32Array.from(numbers), [numbers.length])
}

/** @throws OssatureError when a tensor of this shape is not one number per class of the logits (N, classes, ...) */
export function requireClassRow(loss: string, logits: Tensor, shape: Shape, axis = 1): void {
  if (sameShape(shape, [logits.shape[axis]])) return
  throw shapeError(loss, [logits, { dtype: 'f32', shape }], 'logits (N, classes, ...) and a number per class (classes)')
}
