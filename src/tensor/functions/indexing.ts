import { normalizeAxis } from '../broadcast.ts'
import { apply } from '../operator.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { cast } from './cast.ts'
import { full } from './constant.ts'
import { expand, unsqueeze } from './layout.ts'

/**
 * Entries of one axis at integer positions of any shape, whose axes take the place of that axis: for a table (entries,
 * size) and positions (...) the rows (..., size). Negative positions count from the end; one outside the axis is an error
 * of the run, or here where the positions are constant.
 */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  return apply('Gather', [x, indices], { axis: normalizeAxis(axis, x.rank) })
}

/** result[i][j] = x[i][indices[i][j]] for axis 1; both have one rank. */
export function gatherElements(x: Tensor, indices: Tensor, axis: number): Tensor {
  return apply('GatherElements', [x, indices], { axis: normalizeAxis(axis, x.rank) })
}

/** result[i...] = x[indices[i...]]: the last axis of the indices (..., K) names positions along the first K axes of x. */
export function gatherNd(x: Tensor, indices: Tensor): Tensor {
  return apply('GatherND', [x, wide(indices)])
}

/** x with `updates` added at the positions that `indices` name along the axis; what falls on one place adds up. */
export function scatterAdd(x: Tensor, indices: Tensor, updates: Tensor, axis: number): Tensor {
  return apply('ScatterElements', [x, indices, updates], { axis: normalizeAxis(axis, x.rank) })
}

/**
 * x with `updates` added at x[indices[i...]], the last axis of the indices (..., K) naming positions along the first K
 * axes of x; what falls on one place adds up. For whole rows 3 to 9 times faster on the CPU than `scatterAdd`.
 */
export function scatterNdAdd(x: Tensor, indices: Tensor, updates: Tensor): Tensor {
  return apply('ScatterND', [x, wide(indices), updates])
}

/** ONNX takes these indices in 64 bits only. */
function wide(indices: Tensor): Tensor {
  return indices.dtype === 'i32' ? cast(indices, 'i64') : indices
}

/** One-hot encoding: labels (...) in [0, classes) to (..., classes). */
export function oneHot(labels: Tensor, classes: number): Tensor {
  if (!Number.isInteger(classes) || classes < 1)
    throw shapeError('OneHot', [labels], `one class or more, not ${classes}`)
  const column = unsqueeze(labels, -1)
  const ones = expand(
    full(
      column.shape.map(() => 1),
      1,
    ),
    column.shape,
  )
  return scatterAdd(full([...labels.shape, classes], 0), column, ones, -1)
}
