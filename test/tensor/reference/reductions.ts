import type { Shape } from '../../../src/tensor/tensor.ts'
import { broadcastEntry, count, entry, indices, moved, place, type Reference, type Values } from './values.ts'

/** The entries that a reduction to `shape` (with kept axes) joins in one place, in order. */
function joined(x: Values, index: readonly number[], shape: Shape): number[] {
  const within = indices(x.shape.map((n, axis) => (shape[axis] === 1 ? n : 1)))
  return within.map((offset) =>
    entry(
      x,
      offset.map((i, axis) => i + index[axis]),
    ),
  )
}

const reduction =
  (compute: (values: readonly number[]) => number): Reference =>
  ([x], _, [{ shape }]) => [indices(shape).map((index) => compute(joined(x, index, shape)))]

const total = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0)

/** All entries along the axis that an index stands on. */
const along = (x: Values, index: readonly number[], axis: number): number[] =>
  Array.from({ length: x.shape[axis] }, (_, i) => entry(x, moved(index, axis, i)))

/** The positions of entries in order; equal entries keep theirs. */
function ordered(values: readonly number[], descending: boolean): number[] {
  return values.map((_, i) => i).sort((i, j) => (descending ? values[j] - values[i] : values[i] - values[j]) || i - j)
}

export const REDUCTIONS: Readonly<Record<string, Reference>> = {
  ReduceSum: reduction(total),
  ReduceMax: reduction((values) => Math.max(...values)),
  ReduceMin: reduction((values) => Math.min(...values)),
  ArgMax: reduction((values) => values.indexOf(Math.max(...values))),
  ArgMin: reduction((values) => values.indexOf(Math.min(...values))),

  MatMul: ([a, b], _, [{ shape }]) => [
    indices(shape).map((index) => {
      const [batch, i, j] = [index.slice(0, -2), index.at(-2)!, index.at(-1)!]
      let dot = 0
      for (let k = 0; k < a.shape.at(-1)!; k++) {
        dot += broadcastEntry(a, [...batch, i, k]) * broadcastEntry(b, [...batch, k, j])
      }
      return dot
    }),
  ],

  Softmax: ([x], { axis }) => [
    indices(x.shape).map((index) => {
      const values = along(x, index, axis)
      const largest = Math.max(...values)
      return Math.exp(entry(x, index) - largest) / total(values.map((v) => Math.exp(v - largest)))
    }),
  ],

  LogSoftmax: ([x], { axis }) => [
    indices(x.shape).map((index) => {
      const values = along(x, index, axis)
      const largest = Math.max(...values)
      return entry(x, index) - largest - Math.log(total(values.map((v) => Math.exp(v - largest))))
    }),
  ],

  LayerNormalization: ([x, scale, bias], { axis, epsilon }, [, { shape }]) => {
    const means = indices(shape).map((index) => total(joined(x, index, shape)) / count(scale.shape))
    const inverses = indices(shape).map((index, row) => {
      const squares = joined(x, index, shape).map((v) => (v - means[row]) ** 2)
      return 1 / Math.sqrt(total(squares) / count(scale.shape) + epsilon)
    })
    const output = indices(x.shape).map((index) => {
      const row = place(index.slice(0, axis), x.shape.slice(0, axis))
      const standard = (entry(x, index) - means[row]) * inverses[row]
      return standard * broadcastEntry(scale, index) + (bias ? broadcastEntry(bias, index) : 0)
    })
    return [output, means, inverses]
  },

  CumSum: ([x], { axis, exclusive, reverse }) => [
    indices(x.shape).map((index) => {
      const at = index[axis]
      const isIn = (i: number) => (reverse ? i > at : i < at) || (i === at && !exclusive)
      return total(along(x, index, axis).filter((_, i) => isIn(i)))
    }),
  ],

  TopK: ([x], { axis, largest }, [{ shape }]) => {
    const found = indices(shape).map((index) => {
      const values = along(x, index, axis)
      const position = ordered(values, largest === 1)[index[axis]]
      return { value: values[position], position }
    })
    return [found.map(({ value }) => value), found.map(({ position }) => position)]
  },
}
