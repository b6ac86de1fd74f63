/** (3 - sqrt 5) / 2, the share of an interval that a golden section step takes. */
const GOLDEN = (3 - Math.sqrt(5)) / 2
const ROOT_EPSILON = Math.sqrt(Number.EPSILON)

/**
 * The place of a local minimum of a function in [low, high]: golden sections, and parabolas through the three best
 * points where they fit (Brent 1973, "Algorithms for Minimization without Derivatives", `localmin`; the steps and
 * tie-breaking of R's `optimize`). Not a number as a value counts as the largest one.
 * @param tolerance how near, beside sqrt(epsilon) |x|, the result is to the minimum
 */
export function boundedMinimum(of: (x: number) => number, low: number, high: number, tolerance: number): number {
  const value = (at: number) => {
    const found = of(at)
    return Number.isFinite(found) ? found : Number.MAX_VALUE
  }
  let [a, b] = [low, high]
  let x = a + GOLDEN * (b - a)
  let fx = value(x)
  // The second and third best points so far, the last step and the one before.
  let [w, fw, v, fv] = [x, fx, x, fx]
  let [d, e] = [0, 0]
  for (;;) {
    const middle = (a + b) / 2
    const smallest = ROOT_EPSILON * Math.abs(x) + tolerance / 3
    if (Math.abs(x - middle) <= 2 * smallest - (b - a) / 2) return x
    let [p, q, before] = [0, 0, 0]
    if (Math.abs(e) > smallest) {
      const r = (x - w) * (fx - fv)
      q = (x - v) * (fx - fw)
      p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if (q > 0) p = -p
      else q = -q
      before = e
      e = d
    }
    if (Math.abs(p) >= Math.abs((q * before) / 2) || p <= q * (a - x) || p >= q * (b - x)) {
      e = x < middle ? b - x : a - x
      d = GOLDEN * e
    } else {
      d = p / q
      if (x + d - a < 2 * smallest || b - (x + d) < 2 * smallest) d = x < middle ? smallest : -smallest
    }
    const u = Math.abs(d) >= smallest ? x + d : d > 0 ? x + smallest : x - smallest
    const fu = value(u)
    if (fu <= fx) {
      if (u < x) b = x
      else a = x
      ;[v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu]
    } else {
      if (u < x) a = u
      else b = u
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu]
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu]
    }
  }
}
