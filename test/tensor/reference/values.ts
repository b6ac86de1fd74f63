import type { Attributes, DataType, Shape } from '../../../src/tensor/tensor.ts'

/** What a tensor holds: numbers in float64, integers as they are, booleans as 0 and 1; row-major. */
export interface Values {
  readonly shape: Shape
  readonly data: readonly number[]
}

/** The type of an output, as the graph has it. */
export interface OutputType {
  readonly dtype: DataType
  readonly shape: Shape
}

/** The outputs of an operator by its definition. */
export type Reference = (
  inputs: readonly Values[],
  attributes: Attributes,
  outputs: readonly OutputType[],
) => readonly (readonly number[])[]

export function count(shape: Shape): number {
  let total = 1
  for (const n of shape) total *= n
  return total
}

/** Every index of an array of that shape, row-major. */
export function indices(shape: Shape): number[][] {
  let all: number[][] = [[]]
  for (const n of shape) all = all.flatMap((prefix) => Array.from({ length: n }, (_, i) => [...prefix, i]))
  return all
}

/** Where the entry of an index stands. */
export function place(index: readonly number[], shape: Shape): number {
  let at = 0
  for (let axis = 0; axis < shape.length; axis++) at = at * shape[axis] + index[axis]
  return at
}

/** The entry that meets `index` of a larger array by broadcasting. */
export function broadcastEntry({ shape, data }: Values, index: readonly number[]): number {
  const own = index.slice(index.length - shape.length)
  return data[
    place(
      own.map((i, axis) => (shape[axis] === 1 ? 0 : i)),
      shape,
    )
  ]
}

export const entry = ({ shape, data }: Values, index: readonly number[]): number => data[place(index, shape)]

/** The index with another entry along one axis. */
export function moved(index: readonly number[], axis: number, to: number): number[] {
  return index.map((i, k) => (k === axis ? to : i))
}
