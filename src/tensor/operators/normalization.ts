import { requireFloats } from '../element-type.ts'
import { add, multiply, subtract } from '../functions/arithmetic.ts'
import { cast } from '../functions/cast.ts'
import { full } from '../functions/constant.ts'
import { reshape } from '../functions/layout.ts'
import { matmul } from '../functions/linear.ts'
import { mean, sum } from '../functions/reduction.ts'
import { apply, defineOperator } from '../operator.ts'
import { sameShape, shapeError, sizeOf, type Tensor, type TensorType } from '../tensor.ts'

/** Outputs: scale (x - mean) / deviation + bias; in f32 the mean of every row, and 1 / deviation, which the gradient needs. */
defineOperator('LayerNormalization', {
  infer: (inputs, { axis }) => {
    requireFloats('LayerNormalization', inputs)
    const [x, ...vectors] = inputs
    const normalized = x.shape.slice(axis)
    if (!vectors.every(({ shape }) => sameShape(shape, normalized))) {
      throw shapeError('LayerNormalization', inputs, `a scale and a bias of the last axes of x, ${normalized}`)
    }
    const perRow: TensorType = { dtype: 'f32', shape: x.shape.map((n, i) => (i < axis ? n : 1)) }
    return [{ dtype: x.dtype, shape: x.shape }, perRow, perRow]
  },
  optionalOutputs: true,
  gradient: ({ inputs: [x, scale, bias], outputs, attributes, needs }, [d, , ofInverse]) => {
    const n = sizeOf(scale.shape)
    const count = sizeOf(x.shape) / n
    // Made again, in one pass over memory, instead of kept from the forward pass to here.
    const body = reshape(apply('LayerNormalization', [x, full(scale.shape, 1, scale.dtype)], attributes), [count, n])
    const inverse = cast(reshape(outputs[2], [count, 1]), x.dtype)

    const ofX: Tensor[] = []
    if (ofInverse) {
      // d(1 / deviation) / dx = -body / (n deviation^2)
      const factor = multiply(
        multiply(inverse, inverse),
        multiply(cast(reshape(ofInverse, [count, 1]), x.dtype), -1 / n),
      )
      ofX.push(multiply(body, factor))
    }
    if (!d) return [reshape(ofX[0], x.shape)]

    const upstream = reshape(d, [count, n])
    const products = multiply(upstream, body)
    const scaled = multiply(upstream, reshape(scale, [n]))
    const slope = multiply(matmul(products, reshape(scale, [n, 1])), 1 / n)
    ofX.push(multiply(subtract(subtract(scaled, mean(scaled, [1])), multiply(body, slope)), inverse))
    return [
      reshape(ofX.reduce(add), x.shape),
      needs(1) ? reshape(sum(products, [0]), scale.shape) : undefined,
      bias && needs(2) ? reshape(sum(upstream, [0]), bias.shape) : undefined,
    ]
  },
})
