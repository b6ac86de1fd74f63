import { leastSquares } from './limited-pivoting.ts'
import { LocalMoments, triweightKernel } from './local-moments.ts'
import { NormalEquations } from './normal-equations.ts'

/** Fewest rows with weight that a fit needs. */
const FEWEST_ROWS = 3
/** Normal equations square the condition of the problem: below this share of a column's squared length they are given up. */
const WELL_CONDITIONED = 1e-7
/** Tenfold above where the reflections leave a column out, squared: what is nearer is left to them to decide. */
const CLEARLY_KEPT = 1e-12

/**
 * y[t] = sum over lags i of theta_i(t) y[t - i], with coefficients that change linearly around each moment, by weighted
 * least squares with a triweight kernel in relative time (Cai 2007; tvReg 0.5 `tvAR`, type none, est ll). In doubles.
 *
 * Fits are solved by normal equations in the basis y[t-1], y[t-2] - y[t-1], ..., which differences of neighbours keep
 * well conditioned; fits that are not, or that may lack rank, by Householder reflections with limited pivoting.
 */
export class LocalLinearAutoregression {
  /** Rows of the regression: the length of the series less the order. */
  readonly rows: number
  private readonly order: number
  private readonly series: Float64Array
  private readonly moments: LocalMoments
  /** Basis vectors row by row, and the target less the first of them. */
  private readonly basis: readonly Float64Array[]
  private readonly target: Float64Array
  private readonly equations: NormalEquations

  constructor(series: ArrayLike<number>, order: number) {
    this.series = Float64Array.from(series)
    this.order = order
    this.rows = Math.max(0, series.length - order)
    const lag = (i: number, t: number) => this.series[t + order - i]
    const column = (of: (t: number) => number) => Float64Array.from({ length: this.rows }, (_, t) => of(t))
    this.basis = Array.from({ length: order }, (_, i) =>
      column((t) => (i === 0 ? lag(1, t) : lag(i + 1, t) - lag(i, t))),
    )
    this.target = column((t) => lag(0, t) - lag(1, t))
    const pairs = this.basis.flatMap((a, i) => this.basis.slice(i).map((b) => [a, b] as const))
    const products = [...pairs, ...this.basis.map((a) => [a, this.target] as const)]
    this.moments = new LocalMoments(products.map(([a, b]) => a.map((x, t) => x * b[t])))
    this.equations = new NormalEquations(2 * order)
  }

  /** Coefficients (rows, order), lag 1 first, in the order of time; NaN where one cannot be estimated. */
  coefficients(bandwidth: number): Float64Array {
    const { order, rows } = this
    const weight = triweightKernel(rows, bandwidth)
    const result = new Float64Array(rows * order).fill(Number.NaN)
    this.moments.compute(bandwidth, true)
    for (let t = 0; t < rows; t++) {
      if (this.weighted(t, weight) + 1 < FEWEST_ROWS) continue
      result.set(this.solveNormal(t) ? this.lagCoefficients() : this.solveExactly(t, weight, true), t * order)
    }
    return result
  }

  /**
   * Mean squared error of predicting each row from a fit without it. The largest double where too few rows have weight.
   */
  leaveOneOutError(bandwidth: number): number {
    const { order, rows, basis, target } = this
    const solution = this.equations.right
    const weight = triweightKernel(rows, bandwidth)
    for (let t = 0; t < rows; t++) if (this.weighted(t, weight) < FEWEST_ROWS) return Number.MAX_VALUE
    this.moments.compute(bandwidth, false)
    let squares = 0
    for (let t = 0; t < rows; t++) {
      let error = target[t]
      if (this.solveNormal(t)) {
        for (let i = 0; i < order; i++) error -= solution[i] * basis[i][t]
      } else {
        error = this.series[t + order]
        const coefficients = this.solveExactly(t, weight, false)
        for (let i = 0; i < order; i++) {
          if (!Number.isNaN(coefficients[i])) error -= coefficients[i] * this.series[t + order - 1 - i]
        }
      }
      squares += error * error
    }
    return squares / rows
  }

  /** Rows other than t that have weight around it. */
  private weighted(t: number, weight: Float64Array): number {
    const reach = weight.length - 1
    return Math.min(t, reach) + Math.min(this.rows - 1 - t, reach)
  }

  /** Sets up and solves the normal equations at row t; false where the solution would not be accurate. */
  private solveNormal(t: number): boolean {
    const { matrix, right, size } = this.equations
    const { order, moments } = this
    const [s0, s1, s2] = [3 * t, 3 * t + 1, 3 * t + 2]
    let product = 0
    for (let i = 0; i < order; i++) {
      for (let j = i; j < order; j++, product++) {
        const sums = moments.sums[product]
        matrix[i * size + j] = matrix[j * size + i] = sums[s0]
        matrix[i * size + order + j] = matrix[j * size + order + i] = sums[s1]
        matrix[(order + i) * size + j] = matrix[(order + j) * size + i] = sums[s1]
        matrix[(order + i) * size + order + j] = matrix[(order + j) * size + order + i] = sums[s2]
      }
    }
    for (let i = 0; i < order; i++, product++) {
      right[i] = moments.sums[product][s0]
      right[order + i] = moments.sums[product][s1]
    }
    return this.equations.solve(
      (k, rest) => rest > WELL_CONDITIONED * matrix[k * size + k] && rest > CLEARLY_KEPT * this.lagSquares(k),
    )
  }

  /** Weighted squared length of the lag that basis vectors up to k add up to. */
  private lagSquares(k: number): number {
    const { matrix, size } = this.equations
    let squares = 0
    for (let i = k < this.order ? 0 : this.order; i <= k; i++) {
      squares += matrix[i * size + i]
      for (let j = i + 1; j <= k; j++) squares += 2 * matrix[i * size + j]
    }
    return squares
  }

  /** Coefficients of the lags from those of the basis; the target was less the first lag. */
  private lagCoefficients(): Float64Array {
    const { order } = this
    const solution = this.equations.right
    const coefficients = new Float64Array(order)
    for (let i = 0; i < order; i++) coefficients[i] = solution[i] - (i + 1 < order ? solution[i + 1] : 0)
    coefficients[0] += 1
    return coefficients
  }

  private solveExactly(t: number, weight: Float64Array, withOwn: boolean): Float64Array {
    const { order, rows, series } = this
    const reach = weight.length - 1
    const near: number[] = []
    for (let j = Math.max(0, t - reach); j <= Math.min(rows - 1, t + reach); j++) if (withOwn || j !== t) near.push(j)
    const roots = near.map((j) => Math.sqrt(weight[Math.abs(j - t)]))
    const lags = Array.from({ length: order }, (_, i) =>
      Float64Array.from(near, (j, row) => roots[row] * series[j + order - 1 - i]),
    )
    const slopes = lags.map((lag) => lag.map((value, row) => (value * (near[row] - t)) / rows))
    const target = Float64Array.from(near, (j, row) => roots[row] * series[j + order])
    return leastSquares([...lags, ...slopes], target).subarray(0, order)
  }
}
