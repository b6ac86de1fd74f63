import { apply } from '../operator.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { add } from './arithmetic.ts'
import { squeeze, swapLastAxes, unsqueeze } from './layout.ts'

/**
 * Matrix product over the last two axes; the other axes broadcast. A vector on the left is a row, on the right a column,
 * and its axis is not part of the result (torch.matmul).
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.rank !== 1 && b.rank !== 1) return apply('MatMul', [a, b])
  if (a.shape.at(-1) !== b.shape.at(b.rank === 1 ? 0 : -2)) {
    throw shapeError('MatMul', [a, b], '(..., n, k) and (..., k, m), or (k) on one side or both')
  }
  if (a.rank === 1) return squeeze(matmul(unsqueeze(a, 0), b), b.rank === 1 ? 0 : -2)
  return squeeze(matmul(a, unsqueeze(b, 1)), -1)
}

/** x Wᵀ + b for x (..., in), W (out, in), b (out). */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (weight.rank !== 2 || x.shape.at(-1) !== weight.shape[1]) {
    throw shapeError('Linear', [x, weight], 'x (..., in) and weight (out, in)')
  }
  const product = matmul(x, swapLastAxes(weight))
  return bias ? add(product, bias) : product
}
