import { constant } from './functions/constant.ts'
import type { Tensor } from './tensor.ts'

/** The positions that a constant tensor of integers holds; `undefined` where they are known in the run only. */
export function constantPositions(indices: Tensor): readonly number[] | undefined {
  if (indices.node.operator !== 'Constant') return undefined
  return Array.from(indices.node.attributes.data as Int32Array | BigInt64Array, Number)
}

/**
 * For every entry of an axis of that length the place at which distinct positions name it, or the place behind the last
 * one where none does. `undefined` where a position stands twice.
 */
export function inverseOf(
  positions: readonly number[],
  length: number,
): { readonly places: Tensor; readonly missing: boolean } | undefined {
  const places = new Int32Array(length).fill(positions.length)
  for (const [place, position] of positions.entries()) {
    if (places[position] !== positions.length) return undefined
    places[position] = place
  }
  return { places: constant(places, [length]), missing: places.includes(positions.length) }
}
