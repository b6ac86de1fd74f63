import { normalizeAxis } from '../broadcast.ts'
import { apply } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

export interface CumulativeOptions {
  /** Entry i sums those before it only; the first is 0. */
  readonly exclusive?: boolean
  /** Sums from the last entry on. */
  readonly reverse?: boolean
}

/** Entry i of the result is the sum of the entries 0 to i of an axis. */
export function cumulativeSum(
  x: Tensor,
  axis: number,
  { exclusive = false, reverse = false }: CumulativeOptions = {},
): Tensor {
  return apply('CumSum', [x], {
    axis: normalizeAxis(axis, x.rank),
    exclusive: exclusive ? 1 : 0,
    reverse: reverse ? 1 : 0,
  })
}
