/** (x - mean) / sqrt(variance + epsilon) and its gradient of sum(y w), in float64 and in two passes. */
export function exactNormalization(x: ArrayLike<number>, w: ArrayLike<number>, epsilon = 1e-5) {
  const average = (f: (i: number) => number) => Array.from(x, (_, i) => f(i)).reduce((a, b) => a + b, 0) / x.length
  const mean = average((i) => x[i])
  const variance = average((i) => (x[i] - mean) ** 2)
  const inverse = 1 / Math.sqrt(variance + epsilon)
  const y = Array.from(x, (value) => (value - mean) * inverse)
  const [meanW, meanWy] = [average((i) => w[i]), average((i) => w[i] * y[i])]
  return { y, dx: y.map((value, i) => inverse * (w[i] - meanW - value * meanWy)), variance }
}
