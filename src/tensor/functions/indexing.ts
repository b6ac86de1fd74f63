import { normalizeAxis } from '../broadcast.ts'
import { apply } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { full } from './constant.ts'
import { expand, unsqueeze } from './layout.ts'

/** Entries of one axis at integer positions (any shape). */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  return apply('Gather', [x, indices], { axis: normalizeAxis(axis, x.rank) })
}

/** result[i][j] = x[i][indices[i][j]] for axis 1; both have one rank. */
export function gatherElements(x: Tensor, indices: Tensor, axis: number): Tensor {
  return apply('GatherElements', [x, indices], { axis: normalizeAxis(axis, x.rank) })
}

/** x with `updates` added at the positions that `indices` name along the axis. */
export function scatterAdd(x: Tensor, indices: Tensor, updates: Tensor, axis: number): Tensor {
  return apply('ScatterElements', [x, indices, updates], { axis: normalizeAxis(axis, x.rank) })
}

/** Rows of a one-hot encoding: labels (N) to (N, classes). */
export function oneHot(labels: Tensor, classes: number): Tensor {
  const column = unsqueeze(labels, 1)
  return scatterAdd(full([labels.shape[0], classes], 0), column, expand(full([1, 1], 1), column.shape), 1)
}
