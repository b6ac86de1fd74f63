/** The Wilson score interval of a share in [0, 1] observed on `total` samples, at 95% confidence (Wilson 1927); [0, 1] without samples. */
export function wilsonInterval(share: number, total: number): [low: number, high: number] {
  if (total <= 0) return [0, 1]
  const z = 1.959963984540054
  const centre = share + (z * z) / (2 * total)
  const half = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
  const scale = 1 + (z * z) / total
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)]
}
