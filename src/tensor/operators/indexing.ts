import { full } from '../functions/constant.ts'
import { gatherElements, scatterAdd } from '../functions/indexing.ts'
import { expand, reshape } from '../functions/layout.ts'
import { defineOperator } from '../operator.ts'
import { sameShape, shapeError, sizeOf, type Tensor } from '../tensor.ts'

defineOperator('Gather', {
  infer: ([x, indices], { axis }) => {
    requireIntegers('Gather', x, indices)
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)] }]
  },
  gradient: ({ inputs: [x, indices], attributes: { axis } }, [d]) => {
    const count = sizeOf(indices.shape)
    const rows = reshape(d!, [...x.shape.slice(0, axis), count, ...x.shape.slice(axis + 1)])
    const column = reshape(
      indices,
      x.shape.map((_, i) => (i === axis ? count : 1)),
    )
    return [scatterAdd(full(x.shape, 0), expand(column, rows.shape), rows, axis), undefined]
  },
})

defineOperator('GatherElements', {
  infer: ([x, indices]) => {
    requireIntegers('GatherElements', x, indices)
    if (x.rank !== indices.rank) throw shapeError('GatherElements', [x, indices], 'two tensors of one rank')
    return [{ dtype: x.dtype, shape: indices.shape }]
  },
  gradient: ({ inputs: [x, indices], attributes: { axis } }, [d]) => [
    scatterAdd(full(x.shape, 0), indices, d!, axis),
    undefined,
  ],
})

defineOperator('ScatterElements', {
  infer: ([x, indices, updates]) => {
    requireIntegers('ScatterElements', x, indices)
    if (!sameShape(indices.shape, updates.shape)) {
      throw shapeError('ScatterElements', [indices, updates], 'indices and updates of one shape')
    }
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  onnxAttributes: ({ axis }) => ({ axis, reduction: 'add' }),
  gradient: ({ inputs: [, indices], attributes: { axis } }, [d]) => [d, undefined, gatherElements(d!, indices, axis)],
})

function requireIntegers(operator: string, x: Tensor, indices: Tensor): void {
  if (indices.dtype !== 'i32' && indices.dtype !== 'i64') {
    throw shapeError(operator, [x, indices], 'integer indices')
  }
}
