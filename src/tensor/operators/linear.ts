import { broadcastShapes } from '../broadcast.ts'
import { requireNumbers } from '../element-type.ts'
import { swapLastAxes } from '../functions/layout.ts'
import { matmul } from '../functions/linear.ts'
import { sumTo } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'
import { shapeError } from '../tensor.ts'

defineOperator('MatMul', {
  infer: ([a, b]) => {
    const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2))
    if (a.rank < 2 || b.rank < 2 || !batch || a.shape.at(-1) !== b.shape.at(-2)) {
      throw shapeError('MatMul', [a, b], '(..., n, k) and (..., k, m)')
    }
    requireNumbers('MatMul', [a, b])
    return [{ dtype: a.dtype, shape: [...batch, a.shape.at(-2)!, b.shape.at(-1)!] }]
  },
  gradient: ({ inputs: [a, b], needs }, [d]) => [
    needs(0) ? sumTo(matmul(d!, swapLastAxes(b)), a.shape) : undefined,
    needs(1) ? sumTo(matmul(swapLastAxes(a), d!), b.shape) : undefined,
  ],
})
