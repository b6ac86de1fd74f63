/** Number formats that data sets are stored in and that arithmetic is rounded to. */
export type Precision = 'float16' | 'float32' | 'float64'

/** The rounding at the end of one arithmetic operation in that format; NumPy computes half precision in single. */
export function rounder(precision: Precision): (value: number) => number {
  if (precision === 'float16') return (value) => roundToFloat16(Math.fround(value))
  return precision === 'float32' ? Math.fround : (value) => value
}

/** The nearest half-precision number (5 exponent bits, 10 fraction bits), ties to even; beyond 65504 infinity. */
export function roundToFloat16(value: number): number {
  const size = Math.abs(value)
  if (!(size > 0) || size === Number.POSITIVE_INFINITY) return value
  // The spacing of half-precision numbers is 2^(exponent - 10), and 2^-24 below the smallest normal number.
  let exponent = Math.max(-14, Math.floor(Math.log2(size)))
  // Just below a power of two log2 rounds up to a whole number.
  if (exponent > -14 && 2 ** exponent > size) exponent--
  const spacing = 2 ** (exponent - 10)
  const rounded = roundHalfEven(size / spacing) * spacing
  return Math.sign(value) * (rounded > 65504 ? Number.POSITIVE_INFINITY : rounded)
}

/** The nearest whole number, ties to even. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}
