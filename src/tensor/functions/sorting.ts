import { normalizeAxis } from '../broadcast.ts'
import { applyAll } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

/** Entries in order, and the positions (i64) they had along the axis. The gradient goes back to those positions. */
export interface Ordered {
  readonly values: Tensor
  readonly indices: Tensor
}

export interface TopKOptions {
  /** The last axis when absent. */
  readonly axis?: number
  /** The k smallest, in ascending order, instead of the k largest in descending order. */
  readonly smallest?: boolean
}

/** The k largest entries along an axis, in order; of equal entries the one that stands first comes first. */
export function topK(x: Tensor, k: number, { axis = -1, smallest = false }: TopKOptions = {}): Ordered {
  const attributes = { axis: normalizeAxis(axis, x.rank), k, largest: smallest ? 0 : 1 }
  const [values, indices] = applyAll('TopK', [x], attributes)
  return { values, indices }
}

export interface SortOptions {
  /** The last axis when absent. */
  readonly axis?: number
  readonly descending?: boolean
}

/** All entries of an axis in ascending order; equal entries keep their order. */
export function sort(x: Tensor, { axis = -1, descending = false }: SortOptions = {}): Ordered {
  return topK(x, x.shape[normalizeAxis(axis, x.rank)], { axis, smallest: !descending })
}
