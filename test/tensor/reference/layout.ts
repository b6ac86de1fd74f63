import { broadcastEntry, entry, indices, moved, type Reference } from './values.ts'

export const LAYOUT: Readonly<Record<string, Reference>> = {
  Reshape: ([x]) => [x.data],

  Transpose: ([x], { perm }, [{ shape }]) => [
    indices(shape).map((index) =>
      entry(
        x,
        x.shape.map((_, axis) => index[perm.indexOf(axis)]),
      ),
    ),
  ],

  Expand: ([x], _, [{ shape }]) => [indices(shape).map((index) => broadcastEntry(x, index))],

  Concat: (inputs, { axis }, [{ shape }]) => [
    indices(shape).map((index) => {
      let at = index[axis]
      let which = 0
      while (at >= inputs[which].shape[axis]) at -= inputs[which++].shape[axis]
      return entry(inputs[which], moved(index, axis, at))
    }),
  ],

  Split: ([x], { axis, sizes }, outputs) =>
    outputs.map(({ shape }, piece) => {
      let start = 0
      for (let i = 0; i < piece; i++) start += sizes[i]
      return indices(shape).map((index) => entry(x, moved(index, axis, start + index[axis])))
    }),

  Slice: ([x], { axis, start, step }, [{ shape }]) => [
    indices(shape).map((index) => entry(x, moved(index, axis, start + step * index[axis]))),
  ],
}
