import { entry, indices, moved, place, type Reference, type Values } from './values.ts'

/** A position that may count from the end. */
const fromFront = (position: number, length: number) => (position < 0 ? position + length : position)

/** The place in x that the last axis of an index tensor names, in front of the rest of an index. */
function named(x: Values, positions: Values, index: readonly number[], rest: readonly number[]): number {
  const names = Array.from({ length: positions.shape.at(-1)! }, (_, i) =>
    fromFront(entry(positions, [...index, i]), x.shape[i]),
  )
  return place([...names, ...rest], x.shape)
}

export const INDEXING: Readonly<Record<string, Reference>> = {
  Gather: ([x, positions], { axis }, [{ shape }]) => [
    indices(shape).map((index) => {
      const behind = axis + positions.shape.length
      const at = fromFront(entry(positions, index.slice(axis, behind)), x.shape[axis])
      return entry(x, [...index.slice(0, axis), at, ...index.slice(behind)])
    }),
  ],

  GatherElements: ([x, positions], { axis }) => [
    indices(positions.shape).map((index) =>
      entry(x, moved(index, axis, fromFront(entry(positions, index), x.shape[axis]))),
    ),
  ],

  ScatterElements: ([x, positions, updates], { axis }) => {
    const result = [...x.data]
    for (const index of indices(positions.shape)) {
      const at = fromFront(entry(positions, index), x.shape[axis])
      result[place(moved(index, axis, at), x.shape)] += entry(updates, index)
    }
    return [result]
  },

  GatherND: ([x, positions], _, [{ shape }]) => [
    indices(shape).map((index) => {
      const outer = positions.shape.length - 1
      return x.data[named(x, positions, index.slice(0, outer), index.slice(outer))]
    }),
  ],

  ScatterND: ([x, positions, updates]) => {
    const result = [...x.data]
    const outer = positions.shape.length - 1
    for (const index of indices(updates.shape)) {
      result[named(x, positions, index.slice(0, outer), index.slice(outer))] += entry(updates, index)
    }
    return [result]
  },
}
