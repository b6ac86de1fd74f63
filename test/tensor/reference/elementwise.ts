import { broadcastEntry, indices, type Reference } from './values.ts'

const INT32 = (value: number) => value | 0

/** Element by element with broadcasting; int32 wraps around. */
function pairwise(compute: (a: number, b: number) => number, integers = compute): Reference {
  return ([a, b], _, [{ dtype, shape }]) => {
    const f = dtype === 'i32' || dtype === 'i64' ? integers : compute
    return [indices(shape).map((index) => f(broadcastEntry(a, index), broadcastEntry(b, index)))]
  }
}

const each =
  (compute: (x: number, attributes: Record<string, number>) => number): Reference =>
  ([x], attributes) => [x.data.map((value) => compute(value, attributes))]

/** Sum of 2^n x^(2n + 1) / (2n + 1)!!, all of one sign. */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x)
  let [term, total] = [x, x]
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    total += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total
}

/** To the nearest whole number, of two the even one. */
function toEven(x: number): number {
  const low = Math.floor(x)
  if (x - low !== 0.5) return Math.round(x)
  return low % 2 === 0 ? low : low + 1
}

/** To the nearest float16, of two the even one. */
export function toHalf(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x
  const exponent = Math.max(-14, Math.floor(Math.log2(Math.abs(x))))
  const unit = 2 ** (exponent - 10)
  const rounded = toEven(x / unit) * unit
  return Math.abs(rounded) > 65504 ? Math.sign(x) * Number.POSITIVE_INFINITY : rounded
}

const isTrue = (holds: boolean) => (holds ? 1 : 0)
const limited = (x: number, low: number, high: number) => (x < low ? low : x > high ? high : x)

export const ELEMENTWISE: Readonly<Record<string, Reference>> = {
  Add: pairwise(
    (a, b) => a + b,
    (a, b) => INT32(a + b),
  ),
  Sub: pairwise(
    (a, b) => a - b,
    (a, b) => INT32(a - b),
  ),
  Mul: pairwise((a, b) => a * b, Math.imul),
  Div: pairwise(
    (a, b) => a / b,
    (a, b) => Math.trunc(a / b),
  ),
  Pow: pairwise((a, b) => a ** b),
  // Of floats with the sign of the dividend, of integers with that of the divisor.
  Mod: pairwise(
    (a, b) => a % b,
    (a, b) => a - b * Math.floor(a / b),
  ),
  Max: pairwise(Math.max),
  Min: pairwise(Math.min),
  Less: pairwise((a, b) => isTrue(a < b)),
  Greater: pairwise((a, b) => isTrue(a > b)),
  LessOrEqual: pairwise((a, b) => isTrue(a <= b)),
  GreaterOrEqual: pairwise((a, b) => isTrue(a >= b)),
  Equal: pairwise((a, b) => isTrue(a === b)),
  And: pairwise((a, b) => a & b),
  Or: pairwise((a, b) => a | b),
  Xor: pairwise((a, b) => a ^ b),
  PRelu: pairwise((x, slope) => (x < 0 ? slope * x : x)),
  Where: ([condition, a, b], _, [{ shape }]) => [
    indices(shape).map((index) => broadcastEntry(broadcastEntry(condition, index) ? a : b, index)),
  ],

  Not: each((x) => 1 - x),
  IsNaN: each((x) => isTrue(Number.isNaN(x))),
  Neg: each((x) => -x),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Sqrt: each(Math.sqrt),
  Reciprocal: each((x) => 1 / x),
  Sin: each(Math.sin),
  Cos: each(Math.cos),
  Asin: each(Math.asin),
  Acos: each(Math.acos),
  Atan: each(Math.atan),
  Tanh: each(Math.tanh),
  Sigmoid: each((x) => 1 / (1 + Math.exp(-x))),
  Erf: each(erf),
  Abs: each(Math.abs),
  Sign: each(Math.sign),
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Round: each(toEven),
  Relu: each((x) => Math.max(x, 0)),
  LeakyRelu: each((x, { alpha }) => (x < 0 ? alpha * x : x)),
  HardSigmoid: each((x, { alpha, beta }) => limited(alpha * x + beta, 0, 1)),
  Clip: each((x, { low, high }) => limited(x, low, high)),
  StopGradient: each((x) => x),
  Gelu: ([x], { approximate }) => [
    x.data.map((v) =>
      approximate === 'tanh'
        ? 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))
        : 0.5 * v * (1 + erf(v * Math.SQRT1_2)),
    ),
  ],
  Cast: ([x], { dtype }) => [
    x.data.map((v) => {
      if (dtype === 'bool') return isTrue(v !== 0)
      if (dtype === 'f16') return toHalf(v)
      return dtype === 'f32' ? v : Math.trunc(v)
    }),
  ],
}
