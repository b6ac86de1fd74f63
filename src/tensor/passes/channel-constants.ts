import { constantNumber } from '../functions/constant.ts'
import { expand, reshape, slice, transpose } from '../functions/layout.ts'
import { type Shape, sizeOf, type Tensor } from '../tensor.ts'
import { folded, isConstant } from './fold-constants.ts'

/** Constants with more elements than this are not moved about. */
const LARGEST = 2 ** 20

/** The constant with leading axes of length 1 up to the rank of x, where it broadcasts to x without widening it. */
export function alignedConstant(value: Tensor, x: Tensor): Tensor | undefined {
  if (!isConstant(value) || value.dtype !== 'f32' || value.rank > x.rank || sizeOf(x.shape) === 0) return undefined
  const shape = [...Array<number>(x.rank - value.rank).fill(1), ...value.shape]
  if (!shape.every((n, axis) => n === 1 || n === x.shape[axis])) return undefined
  const data: Float32Array = value.node.attributes.data
  return data.length <= LARGEST && data.every(Number.isFinite) ? folded(reshape(value, shape)) : undefined
}

/** The elements of a constant as a vector over the channels of x (N, C, ...); `undefined` where others differ, too. */
export function channelVector(value: Tensor, x: Tensor): Tensor | undefined {
  if (!value.shape.every((n, axis) => n === 1 || axis === 1)) return undefined
  return folded(expand(reshape(value, [sizeOf(value.shape)]), [x.shape[1]]))
}

/**
 * A constant that broadcasts to shape `from`, as one that broadcasts to `to`: axes that a reshape joins or divides are
 * written out where the constant varies along them. `undefined` where that would be large.
 */
export function reshapedConstant(value: Tensor, from: Shape, to: Shape): Tensor | undefined {
  const written: number[] = []
  const result: number[] = []
  let [i, j] = [0, 0]
  while (i < from.length || j < to.length) {
    const [firstOfFrom, firstOfTo] = [i, j]
    let [m, n] = [from[i++] ?? 1, to[j++] ?? 1]
    while (m !== n) {
      if (m < n) m *= from[i++]
      else n *= to[j++]
    }
    const varies = value.shape.slice(firstOfFrom, i).some((length) => length > 1)
    for (const length of from.slice(firstOfFrom, i)) written.push(varies ? length : 1)
    for (const length of to.slice(firstOfTo, j)) result.push(varies ? length : 1)
  }
  return sizeOf(result) > LARGEST ? undefined : narrowed(folded(reshape(expand(value, written), result)))
}

/** The constant with length 1 along axes that it does not vary along. */
function narrowed(value: Tensor): Tensor {
  const data: Float32Array = value.node.attributes.data
  return value.shape.reduce((t, length, axis) => {
    const run = sizeOf(value.shape.slice(axis + 1))
    const varies = length > 1 && data.some((element, i) => i % (run * length) >= run && element !== data[i - run])
    return varies ? t : folded(slice(t, axis, 0, 1))
  }, value)
}

/** A constant for the output of a transposition as one for its input. */
export function untransposedConstant(value: Tensor, perm: readonly number[]): Tensor {
  return folded(
    transpose(
      value,
      perm.map((_, axis) => perm.indexOf(axis)),
    ),
  )
}

/** The parts of a constant that meet the inputs of a concatenation. */
export function constantPieces(value: Tensor, inputs: readonly Tensor[], axis: number): Tensor[] {
  if (value.shape[axis] === 1) return inputs.map(() => value)
  let start = 0
  return inputs.map(({ shape }) => {
    const end = start + shape[axis]
    const piece = folded(slice(value, axis, start, end))
    start = end
    return piece
  })
}

/** Whether all elements of a constant are 0. */
export function isZero(value: Tensor): boolean {
  const only = constantNumber(value)
  if (only !== undefined) return only === 0
  return (value.node.attributes.data as Float32Array).every((element) => element === 0)
}
