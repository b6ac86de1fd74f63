import * as t from '../../../src/tensor/index.ts'
import type { Source, Step } from './source.ts'

const onAxis =
  (compute: (x: t.Tensor, axis: number, s: Source) => t.Tensor | readonly t.Tensor[]): Step =>
  (s) => {
    const x = s.withAxes()
    return compute(x, s.axisOf(x), s)
  }

/** Pieces of random lengths, 1 or more, of an axis. */
function pieces(s: Source, length: number): number[] {
  const sizes: number[] = []
  for (let left = length; left > 0; left -= sizes[sizes.length - 1]) sizes.push(s.whole(1, left))
  return sizes
}

/** Another shape of the same size: two axes joined, or one divided. */
function otherShape(s: Source, { shape }: t.Tensor): number[] {
  const axis = s.whole(0, shape.length - 1)
  const divisor = [2, 3].find((n) => shape[axis] % n === 0)
  if (divisor && s.chance(0.5))
    return [...shape.slice(0, axis), divisor, shape[axis] / divisor, ...shape.slice(axis + 1)]
  if (axis + 1 < shape.length) return [...shape.slice(0, axis), shape[axis] * shape[axis + 1], ...shape.slice(axis + 2)]
  return [...shape, 1]
}

export const LAYOUT_STEPS: Readonly<Record<string, Step>> = {
  reshape: (s) => {
    const x = s.withAxes()
    return t.reshape(x, otherShape(s, x))
  },
  transpose: (s) => {
    const x = s.withAxes()
    return t.transpose(x, s.stream.shuffle(x.shape.map((_, axis) => axis)))
  },
  expand: onAxis((x, axis, s) => t.expand(t.unsqueeze(x, axis), x.shape.toSpliced(axis, 0, s.whole(1, 3)))),
  concat: onAxis((x, axis, s) => t.concat([x, s.shaped(x.shape.with(axis, s.whole(1, 3))), x], axis)),
  stack: onAxis((x, axis, s) => t.stack([x, s.shaped(x.shape)], axis)),
  split: onAxis((x, axis, s) => t.split(x, axis, pieces(s, x.shape[axis]))),
  slice: onAxis((x, axis, s) => {
    const start = s.whole(0, x.shape[axis] - 1)
    return t.slice(x, axis, start, s.whole(start + 1, x.shape[axis]), s.whole(1, 3))
  }),
  sliceBackwards: onAxis((x, axis, s) => {
    const start = s.whole(0, x.shape[axis] - 1)
    return t.slice(x, axis, start, s.whole(-1, start - 1), -s.whole(1, 3))
  }),
  pad: onAxis((x, axis, s) => t.pad(x, axis, s.whole(0, 2), s.whole(1 - x.shape[axis], 2), 0.3)),
  padReflected: onAxis((x, axis, s) => {
    const most = x.shape[axis] - 1
    return t.padReflected(x, axis, s.whole(0, most), s.whole(0, most))
  }),
  padEdge: onAxis((x, axis, s) => t.padEdge(x, axis, s.whole(0, 2), s.whole(0, 2))),
  flip: (s) => {
    const x = s.withAxes()
    return t.flip(x, s.axesOf(x))
  },
  roll: onAxis((x, axis, s) => t.roll(x, axis, s.whole(-5, 5))),
  tile: (s) => {
    const x = s.withAxes()
    return t.tile(
      x,
      x.shape.map(() => s.whole(1, 2)),
    )
  },
  repeatInterleave: onAxis((x, axis, s) => t.repeatInterleave(x, s.whole(1, 3), axis)),
  subsample: onAxis((x, axis, s) => t.subsample(x, axis, s.whole(1, 3))),

  gather: onAxis((x, axis, s) => t.gather(x, s.positions(s.shape(s.whole(0, 2), 3), x.shape[axis], true), axis)),
  gatherFound: onAxis((x, axis, s) => {
    const found = t.argMax(s.shaped([2, x.shape[axis]]), 1)
    return t.gather(x, s.chance(0.5) ? found : t.cast(found, 'i32'), axis)
  }),
  gatherElements: onAxis((x, axis, s) => {
    const shape = x.shape.map((n, i) => (i === axis ? s.whole(1, 4) : s.whole(1, n)))
    return t.gatherElements(x, s.positions(shape, x.shape[axis], true), axis)
  }),
  gatherNd: (s) => {
    const x = s.shaped([s.whole(1, 3), 3, 3])
    const named = s.whole(1, 2)
    return t.gatherNd(x, s.positions([s.whole(1, 4), named], x.shape[0]))
  },
  scatterAdd: onAxis((x, axis, s) => {
    const shape = x.shape.map((n, i) => (i === axis ? s.whole(1, 4) : s.whole(1, n)))
    return t.scatterAdd(x, s.positions(shape, x.shape[axis], true), s.shaped(shape), axis)
  }),
  scatterNdAdd: (s) => {
    const x = s.shaped([s.whole(1, 3), 3, s.whole(1, 3)])
    const named = s.whole(1, 2)
    const rows = s.whole(1, 4)
    const updates = s.shaped([rows, ...x.shape.slice(named)])
    return t.scatterNdAdd(x, s.positions([rows, named], x.shape[0]), updates)
  },
}
