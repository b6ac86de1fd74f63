import { OssatureError } from '../../errors.ts'
import { currentScope, type Shape, type Tensor } from '../tensor.ts'
import { isTraining } from '../trace.ts'
import { multiply } from './arithmetic.ts'
import { bernoulli } from './random.ts'

/**
 * x with every element set to 0 with probability `p` and the others scaled by 1 / (1 - p), as it trains; else x. Every
 * step draws anew. Srivastava et al., "Dropout" (2014).
 */
export function dropout(x: Tensor, p: number): Tensor {
  return dropped(x, p, x.shape)
}

/** Dropout of whole channels: x (N, C, ...). Tompson et al., "Efficient object localization" (2015). */
export function featureDropout(x: Tensor, p: number): Tensor {
  return dropped(x, p, leadingAxes(x, 2))
}

/** Dropout of whole samples: x (N, ...), as of the branch beside a shortcut. Huang et al., "Stochastic depth" (2016). */
export function dropPath(x: Tensor, p: number): Tensor {
  return dropped(x, p, leadingAxes(x, 1))
}

function leadingAxes(x: Tensor, count: number): Shape {
  return x.shape.map((n, axis) => (axis < count ? n : 1))
}

function dropped(x: Tensor, p: number, shape: Shape): Tensor {
  if (!(p >= 0 && p <= 1)) {
    throw new OssatureError('this share cannot be dropped', {
      where: currentScope() || 'graph',
      expected: 'a probability from 0 to 1',
      found: String(p),
    })
  }
  if (p === 0 || !isTraining()) return x
  return multiply(x, p === 1 ? 0 : multiply(bernoulli(shape, 1 - p), 1 / (1 - p)))
}
