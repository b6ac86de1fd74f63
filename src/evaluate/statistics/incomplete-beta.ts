/**
 * The regularised incomplete beta function I_x(a, b) for x in [0, 1] and a, b > 0: the distribution functions of the
 * binomial and of Student's t are values of it. Continued fraction 8.17.22 of the Digital Library of Mathematical
 * Functions (NIST), evaluated by Lentz's method.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast below the mean; above it the symmetry I_x(a, b) = 1 - I_{1-x}(b, a) is used.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const logFactor = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b) - Math.log(a)
  return Math.exp(logFactor) / continuedFraction(x, a, b)
}

const TINY = 1e-300

function continuedFraction(x: number, a: number, b: number): number {
  let value = 1
  let numerator = 1
  let denominator = 0
  for (let i = 1; i < 100_000; i++) {
    const m = Math.floor(i / 2)
    const term =
      i % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    denominator = 1 / nonZero(1 + term * denominator)
    numerator = nonZero(1 + term / numerator)
    value *= numerator * denominator
    if (Math.abs(numerator * denominator - 1) < 1e-15) break
  }
  return value
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}

/** Stirling's series, after the argument was raised to where the series is exact to double precision. */
function logGamma(x: number): number {
  let shift = 0
  let z = x
  for (; z < 15; z++) shift += Math.log(z)
  const r = 1 / (z * z)
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift
}
