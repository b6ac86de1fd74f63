import { constantPositions, inverseOf } from '../constant-positions.ts'
import { mapAxis } from '../functions/axis-map.ts'
import { full } from '../functions/constant.ts'
import { gather, gatherElements, gatherNd, scatterAdd, scatterNdAdd } from '../functions/indexing.ts'
import { pad, reshape, transpose } from '../functions/layout.ts'
import { defineOperator } from '../operator.ts'
import { type Shape, sameShape, shapeError, sizeOf, type Tensor } from '../tensor.ts'

defineOperator('Gather', {
  infer: ([x, indices], { axis }) => {
    requireIntegers('Gather', x, indices)
    const wrong = constantPositions(indices)?.find((i) => i < -x.shape[axis] || i >= x.shape[axis])
    if (wrong !== undefined) throw shapeError('Gather', [x, indices], `positions within axis ${axis}, not ${wrong}`)
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)] }]
  },
  gradient: ({ inputs: [x, indices], attributes: { axis } }, [d]) => {
    const rows = reshape(d!, [...x.shape.slice(0, axis), sizeOf(indices.shape), ...x.shape.slice(axis + 1)])
    return [gradientOfRows(rows, indices, axis, x.shape), undefined]
  },
})

/** Up to this number of entries a constant matrix product is cheaper than a scatter. */
const SMALL_MATRIX = 64 * 64

/** Sum of the rows, along `axis`, that were taken from each entry. */
function gradientOfRows(rows: Tensor, indices: Tensor, axis: number, shape: Shape): Tensor {
  const length = shape[axis]
  const positions = constantPositions(indices)?.map((i) => (i < 0 ? i + length : i))
  const sources = positions && inverseOf(positions, length)
  if (sources) return gather(pad(rows, axis, 0, sources.missing ? 1 : 0), sources.places, axis)
  if (positions && positions.length * length <= SMALL_MATRIX) {
    return mapAxis(rows, axis, length, (to, from) => (positions[from] === to ? 1 : 0))
  }
  const front = moveAxis(rows, axis, 0)
  const zeros = full([length, ...front.shape.slice(1)], 0, front.dtype)
  return moveAxis(scatterNdAdd(zeros, reshape(indices, [rows.shape[axis], 1]), front), 0, axis)
}

function moveAxis(x: Tensor, from: number, to: number): Tensor {
  const order = x.shape.map((_, axis) => axis)
  order.splice(to, 0, ...order.splice(from, 1))
  return transpose(x, order)
}

defineOperator('GatherElements', {
  infer: ([x, indices], { axis }) => {
    requireIntegers('GatherElements', x, indices)
    requireSpan('GatherElements', x, indices, axis)
    return [{ dtype: x.dtype, shape: indices.shape }]
  },
  gradient: ({ inputs: [x, indices], attributes: { axis } }, [d]) => [
    scatterAdd(full(x.shape, 0, x.dtype), indices, d!, axis),
    undefined,
  ],
})

defineOperator('ScatterElements', {
  infer: ([x, indices, updates], { axis }) => {
    requireIntegers('ScatterElements', x, indices)
    requireSpan('ScatterElements', x, indices, axis)
    if (!sameShape(indices.shape, updates.shape)) {
      throw shapeError('ScatterElements', [indices, updates], 'indices and updates of one shape')
    }
    requireOneType('ScatterElements', x, updates)
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  onnxAttributes: ({ axis }) => ({ axis, reduction: 'add' }),
  gradient: ({ inputs: [, indices], attributes: { axis } }, [d]) => [d, undefined, gatherElements(d!, indices, axis)],
})

defineOperator('GatherND', {
  infer: ([x, indices]) => {
    requireIntegers('GatherND', x, indices)
    return [{ dtype: x.dtype, shape: shapeOfEntries('GatherND', x, indices) }]
  },
  gradient: ({ inputs: [x, indices] }, [d]) => [scatterNdAdd(full(x.shape, 0, x.dtype), indices, d!), undefined],
})

defineOperator('ScatterND', {
  infer: ([x, indices, updates]) => {
    requireIntegers('ScatterND', x, indices)
    const wanted = shapeOfEntries('ScatterND', x, indices)
    if (!sameShape(updates.shape, wanted)) {
      throw shapeError('ScatterND', [x, indices, updates], `updates of shape [${wanted}]`)
    }
    requireOneType('ScatterND', x, updates)
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  onnxAttributes: () => ({ reduction: 'add' }),
  gradient: ({ inputs: [, indices] }, [d]) => [d, undefined, gatherNd(d!, indices)],
})

function requireIntegers(operator: string, x: Tensor, indices: Tensor): void {
  if (indices.dtype !== 'i32' && indices.dtype !== 'i64') {
    throw shapeError(operator, [x, indices], 'integer indices')
  }
}

function requireOneType(operator: string, x: Tensor, updates: Tensor): void {
  if (updates.dtype !== x.dtype) throw shapeError(operator, [x, updates], 'updates of the type of the first tensor')
}

/** Indices element by element: of the rank of x, and not longer than it along the other axes. */
function requireSpan(operator: string, x: Tensor, indices: Tensor, axis: number): void {
  if (x.rank !== indices.rank) throw shapeError(operator, [x, indices], 'two tensors of one rank')
  const fits = indices.shape.every((n, i) => i === axis || n <= x.shape[i])
  if (!fits) throw shapeError(operator, [x, indices], `indices that are longer along axis ${axis} only`)
}

/** Shape of the entries that the last axis of the indices names. */
function shapeOfEntries(operator: string, x: Tensor, indices: Tensor): Shape {
  const named = indices.shape.at(-1) ?? 0
  if (named < 1 || named > x.rank) {
    throw shapeError(operator, [x, indices], `indices whose last axis has a length of 1 to ${x.rank}`)
  }
  return [...indices.shape.slice(0, -1), ...x.shape.slice(named)]
}
