import { apply } from '../operator.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { add } from './arithmetic.ts'
import { swapLastAxes } from './layout.ts'

/** Matrix product over the last two axes; the other axes broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  return apply('MatMul', [a, b])
}

/** x Wᵀ + b for x (..., in), W (out, in), b (out). */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (weight.rank !== 2 || x.shape.at(-1) !== weight.shape[1]) {
    throw shapeError('Linear', [x, weight], 'x (..., in) and weight (out, in)')
  }
  const product = matmul(x, swapLastAxes(weight))
  return bias ? add(product, bias) : product
}
