import { composite } from '../composite.ts'
import { apply } from '../operator.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { add, divide, multiply, negate, subtract } from './arithmetic.ts'
import { absolute, exp, log, minimum, relu, sigmoid } from './elementwise.ts'
import { reshape } from './layout.ts'

/** x where x > 0, else slope * x. */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  return apply('LeakyRelu', [x], { alpha: slope })
}

/** x where x > 0, else weight * x, with one weight (1) or one per channel (C) of x (N, C, ...). */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  const weights = weight.shape[0]
  if (weight.rank !== 1 || (weights !== 1 && (x.rank < 2 || weights !== x.shape[1]))) {
    throw shapeError('PRelu', [x, weight], 'x (N, C, ...) and weight (C) or (1)')
  }
  const slope = weights === 1 ? weight : reshape(weight, [weights, ...x.shape.slice(2).fill(1)])
  return apply('PRelu', [x, slope])
}

/** x where x > 0, else alpha * (exp(x) - 1) (Clevert et al. 2016). */
export function elu(x: Tensor, alpha = 1): Tensor {
  return add(relu(x), multiply(subtract(exp(minimum(x, 0)), 1), alpha))
}

export interface GeluOptions {
  /** `tanh` for 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))); the normal distribution itself when absent. */
  readonly approximate?: 'none' | 'tanh'
}

/** x times the probability that a standard normal number is below x (Hendrycks and Gimpel 2016). */
export function gelu(x: Tensor, { approximate = 'none' }: GeluOptions = {}): Tensor {
  return apply('Gelu', [x], { approximate })
}

/** x sigmoid(x), also called swish. */
export function silu(x: Tensor): Tensor {
  return multiply(x, sigmoid(x))
}

/** log(1 + exp(beta x)) / beta, right to float32 also where the exponential overflows or vanishes beside 1. */
export function softplus(x: Tensor, beta = 1): Tensor {
  const scaled = multiply(x, beta)
  const small = exp(negate(absolute(scaled)))
  const value = divide(add(relu(scaled), logOnePlus(small)), beta)
  return composite([x], [value], ([d]) => [multiply(d!, sigmoid(scaled))])[0]
}

/** log(1 + x) for x from 0 to 1: what 1 + x was rounded by is added to the first order. */
function logOnePlus(x: Tensor): Tensor {
  const rounded = add(x, 1)
  return add(log(rounded), divide(subtract(x, subtract(rounded, 1)), rounded))
}

/** log(sigmoid(x)). */
export function logSigmoid(x: Tensor): Tensor {
  return negate(softplus(negate(x)))
}

/** x / 6 + 0.5, limited to [0, 1]. */
export function hardSigmoid(x: Tensor): Tensor {
  return apply('HardSigmoid', [x], { alpha: 1 / 6, beta: 0.5 })
}

/** x hardSigmoid(x) (Howard et al. 2019). */
export function hardSwish(x: Tensor): Tensor {
  return multiply(x, hardSigmoid(x))
}
