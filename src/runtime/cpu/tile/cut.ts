import { type Shape, sizeOf } from '../../../tensor/index.ts'

/**
 * How equally many elements of a tensor, tile after tile as they lie in memory, divide its axes: each tile has one place
 * of the axes before `axis`, one of `parts` equal pieces of that axis, and all of the axes behind it.
 */
export interface Cut {
  readonly axis: number
  readonly parts: number
  /** Shape of a tile: `axis` and those behind it. */
  readonly tile: Shape
}

/** The cut of a shape into so many tiles, if there is one. */
export function cutOf(shape: Shape, tiles: number): Cut | undefined {
  let before = 1
  for (let axis = 0; axis < shape.length && tiles % before === 0; axis++) {
    const parts = tiles / before
    const length = shape[axis] / parts
    if (Number.isInteger(length)) return { axis, parts, tile: [length, ...shape.slice(axis + 1)] }
    before *= shape[axis]
  }
  return undefined
}

/** Elements of a tile. The tensors of a chain of operators then stay in the processor's cache, also for two threads. */
const TILE = 2 ** 17
const SMALLEST_TILE = 2 ** 14
const LARGEST_TILE = 2 ** 19

/** Smaller tensors than this stay whole: they fit into the cache by themselves. */
const SMALLEST = 2 ** 19

/** How many tiles suit a tensor, the best number first: tiles near the wanted size, whole axes before pieces of an axis. */
export function tileCounts(shape: Shape, smallest = SMALLEST): number[] {
  const size = sizeOf(shape)
  if (size < smallest) return []
  const scores = new Map<number, number>()
  let before = 1
  for (const length of shape) {
    for (let parts = 1; parts <= length; parts++) {
      if (length % parts !== 0) continue
      const elements = size / (before * parts)
      const fits = before * parts > 1 && elements >= SMALLEST_TILE && elements <= LARGEST_TILE
      const score = Math.abs(Math.log2(elements / TILE)) + (parts === length ? 0 : 1)
      if (fits) scores.set(before * parts, Math.min(score, scores.get(before * parts) ?? Infinity))
    }
    before *= length
  }
  return [...scores].sort((a, b) => a[1] - b[1]).map(([count]) => count)
}
