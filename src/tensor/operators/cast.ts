import { cast } from '../functions/cast.ts'
import { ELEMENT_TYPES } from '../onnx/element-types.ts'
import { defineOperator } from '../operator.ts'
import type { DataType } from '../tensor.ts'

const isFloat = (dtype: DataType) => dtype === 'f32' || dtype === 'f16'

defineOperator('Cast', {
  infer: ([x], { dtype }) => [{ dtype, shape: x.shape }],
  onnxAttributes: ({ dtype }) => ({ to: ELEMENT_TYPES[dtype as DataType] }),
  gradient: ({ inputs: [x], attributes: { dtype } }, [d]) => [
    isFloat(x.dtype) && isFloat(dtype) ? cast(d!, x.dtype) : undefined,
  ],
})
