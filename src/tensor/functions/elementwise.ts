import { composite } from '../composite.ts'
import { apply } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { add, divide, multiply, negate, type Operand, operands } from './arithmetic.ts'
import { cast } from './cast.ts'
import { equal, less, where } from './comparison.ts'
import { sumTo } from './reduction.ts'

/** 1 where y > 0, else 0; NaN for NaN. HardSigmoid saturates: 1.6 times faster than a comparison and cast on the CPU. */
export function positiveMask(y: Tensor): Tensor {
  return step(y, 0)
}

/** 1 where x >= 0, else 0, for x <= 0 (differences to a maximum); NaN for NaN. */
export function zeroMask(x: Tensor): Tensor {
  return step(x, 1)
}

/** A slope that halves do not hold is taken in f32. */
function step(x: Tensor, beta: number): Tensor {
  return cast(apply('HardSigmoid', [cast(x, 'f32')], { alpha: 3e38, beta }), x.dtype)
}

export const exp = (x: Tensor): Tensor => apply('Exp', [x])

/** Natural logarithm. */
export const log = (x: Tensor): Tensor => apply('Log', [x])

export const sqrt = (x: Tensor): Tensor => apply('Sqrt', [x])

/** 1 / x. */
export const reciprocal = (x: Tensor): Tensor => apply('Reciprocal', [x])

/** Sine of an angle in radians. */
export const sin = (x: Tensor): Tensor => apply('Sin', [x])

/** Cosine of an angle in radians. */
export const cos = (x: Tensor): Tensor => apply('Cos', [x])

/** Angle in [-pi/2, pi/2] whose sine is x; NaN outside [-1, 1], an infinite gradient at its ends. */
export const asin = (x: Tensor): Tensor => apply('Asin', [x])

/** Angle in [0, pi] whose cosine is x; NaN outside [-1, 1], an infinite gradient at its ends. */
export const acos = (x: Tensor): Tensor => apply('Acos', [x])

/** Angle in [-pi/2, pi/2] whose tangent is x. */
export const atan = (x: Tensor): Tensor => apply('Atan', [x])

const LARGEST = 3.4e38

/** Angle in (-pi, pi] of the point (x, y) with broadcasting, in radians; 0 for (0, 0), which has no gradient (NaN). */
export function atan2(y: Tensor, x: Tensor): Tensor {
  const [top, bottom] = [y, x].map((t) => clamp(t, -LARGEST, LARGEST))
  // The divisor on the axis x = 0 is +0 also for x = -0, and 1 at the origin.
  const divisor = where(equal(x, 0), where(equal(y, 0), 1, 0), bottom)
  const halfTurn = where(less(y, 0), -Math.PI, Math.PI)
  const angle = add(atan(divide(top, divisor)), where(less(x, 0), halfTurn, 0))
  return composite([y, x], [angle], ([d]) => {
    const part = divide(d!, add(square(x), square(y)))
    return [sumTo(multiply(part, x), y.shape), negate(sumTo(multiply(part, y), x.shape))]
  })[0]
}

export const tanh = (x: Tensor): Tensor => apply('Tanh', [x])

export const sigmoid = (x: Tensor): Tensor => apply('Sigmoid', [x])

/** Gauss error function. */
export const erf = (x: Tensor): Tensor => apply('Erf', [x])

export const absolute = (x: Tensor): Tensor => apply('Abs', [x])

/** -1, 0 or 1; no gradient flows through it. */
export const sign = (x: Tensor): Tensor => apply('Sign', [x])

/** Largest whole number that is not above x; no gradient flows through it. */
export const floor = (x: Tensor): Tensor => apply('Floor', [x])

/** Smallest whole number that is not below x; no gradient flows through it. */
export const ceil = (x: Tensor): Tensor => apply('Ceil', [x])

/** Nearest whole number, of two the even one; no gradient flows through it. */
export const round = (x: Tensor): Tensor => apply('Round', [x])

/** max(x, 0). */
export const relu = (x: Tensor): Tensor => apply('Relu', [x])

/** x * x. */
export const square = (x: Tensor): Tensor => multiply(x, x)

/** Larger of a and b, element by element, with broadcasting; NaN where one is. A tie gives its gradient to a. */
export const maximum = (a: Operand, b: Operand): Tensor => apply('Max', operands(a, b))

/** Smaller of a and b, element by element, with broadcasting; NaN where one is. A tie gives its gradient to a. */
export const minimum = (a: Operand, b: Operand): Tensor => apply('Min', operands(a, b))

/** x limited to [low, high]; no gradient outside. */
export function clamp(x: Tensor, low: number, high: number): Tensor {
  return x.dtype === 'f16' ? minimum(maximum(x, low), high) : apply('Clip', [x], { low, high })
}

/** A copy of x through which no gradient flows. */
export function stopGradient(x: Tensor): Tensor {
  return apply('StopGradient', [x])
}
