import type { ConstantData } from '../functions/constant.ts'
import { type Attributes, type Shape, sizeOf } from '../tensor.ts'

/** A constant tensor on the host, row-major. */
export interface HostTensor {
  readonly shape: Shape
  readonly data: ConstantData
}

/** The outputs of an operator that only moves elements, as their data; `shapes` are those of the outputs. */
type View = (inputs: readonly HostTensor[], attributes: Attributes, shapes: readonly Shape[]) => readonly ConstantData[]

/** Elements between neighbours along every axis. */
export function stridesOf(shape: Shape): number[] {
  const strides = Array<number>(shape.length).fill(1)
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1]
  return strides
}

/** The place that every element of a row-major tensor has in another one: `strides` along the axes of `shape`. */
export function placesOf(shape: Shape, strides: readonly number[], offset = 0): Uint32Array {
  const places = new Uint32Array(sizeOf(shape))
  const index = Array<number>(shape.length).fill(0)
  let at = offset
  for (let i = 0; i < places.length; i++) {
    places[i] = at
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]
      if (++index[axis] < shape[axis]) break
      at -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return places
}

/** Strides with which a tensor of shape `from` is read as one of shape `to`, to which it broadcasts. */
export function broadcastStrides(from: Shape, to: Shape): number[] {
  const own = stridesOf(from)
  const offset = to.length - from.length
  return to.map((_, axis) => (axis < offset || from[axis - offset] === 1 ? 0 : own[axis - offset]))
}

/** New data of the same kind. */
function emptied(data: ConstantData, length: number): ConstantData {
  return new (data.constructor as new (length: number) => ConstantData)(length)
}

function taken(data: ConstantData, places: Uint32Array): ConstantData {
  const result = emptied(data, places.length)
  for (let i = 0; i < places.length; i++) result[i] = data[places[i]]
  return result
}

/** How many elements lie side by side for each entry of the axes in front of `axis`. */
function runOf(shape: Shape, axis: number): number {
  return sizeOf(shape.slice(axis))
}

export const CONSTANT_VIEWS: Readonly<Record<string, View>> = {
  Reshape: ([x]) => [x.data],

  Transpose: ([x], { perm }, [shape]) => {
    const strides = stridesOf(x.shape)
    return [
      taken(
        x.data,
        placesOf(
          shape,
          perm.map((axis: number) => strides[axis]),
        ),
      ),
    ]
  },

  Expand: ([x], _, [shape]) => [taken(x.data, placesOf(shape, broadcastStrides(x.shape, shape)))],

  Slice: ([x], { axis, start, step }, [shape]) => {
    const strides = stridesOf(x.shape)
    const offset = start * strides[axis]
    strides[axis] *= step
    return [taken(x.data, placesOf(shape, strides, offset))]
  },

  Concat: (inputs, { axis }, [shape]) => {
    const result = emptied(inputs[0].data, sizeOf(shape))
    const run = runOf(shape, axis)
    let offset = 0
    for (const { shape: part, data } of inputs) {
      const length = runOf(part, axis)
      for (let i = 0; i < data.length; i++) {
        result[Math.floor(i / length) * run + offset + (i % length)] = data[i]
      }
      offset += length
    }
    return [result]
  },

  Split: ([x], { axis }, shapes) => {
    const run = runOf(x.shape, axis)
    let offset = 0
    return shapes.map((shape) => {
      const length = runOf(shape, axis)
      const result = emptied(x.data, sizeOf(shape))
      for (let i = 0; i < result.length; i++) {
        result[i] = x.data[Math.floor(i / length) * run + offset + (i % length)]
      }
      offset += length
      return result
    })
  },
}
