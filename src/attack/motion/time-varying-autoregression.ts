import { boundedMinimum } from './bounded-minimum.ts'
import { LocalLinearAutoregression } from './local-linear-autoregression.ts'

/** Search for the bandwidth: from this many rows to this many times the length of the series. */
const FEWEST_ROWS = 5
const WIDEST = 20
/** R's default tolerance of `optim`. */
const TOLERANCE = Math.sqrt(Number.EPSILON)
/** Where too few rows have weight at the bandwidth that was found. */
const FALLBACK = 1

export interface TimeVaryingFit {
  /** In units of the number of fitted rows. */
  readonly bandwidth: number
  /** (n - order, order), lag 1 first, in the order of time; NaN where a coefficient cannot be estimated. */
  readonly coefficients: Float64Array
}

/**
 * Time-varying autoregression without intercept of a series of n values (tvReg 0.5 `tvAR`): local linear, with a
 * triweight kernel whose bandwidth minimises the leave-one-out error.
 */
export function fitTimeVaryingAutoregression(series: ArrayLike<number>, order: number): TimeVaryingFit {
  const fit = new LocalLinearAutoregression(series, order)
  if (fit.rows === 0) return { bandwidth: FALLBACK, coefficients: new Float64Array(0) }
  const error = (bandwidth: number) => fit.leaveOneOutError(bandwidth)
  const found = boundedMinimum(error, FEWEST_ROWS / fit.rows, WIDEST, TOLERANCE)
  const bandwidth = error(found) === Number.MAX_VALUE ? FALLBACK : found
  return { bandwidth, coefficients: fit.coefficients(bandwidth) }
}
