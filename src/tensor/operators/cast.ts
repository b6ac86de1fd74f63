import { isFloat } from '../element-type.ts'
import { cast } from '../functions/cast.ts'
import { ELEMENT_TYPES } from '../onnx/element-types.ts'
import { defineOperator } from '../operator.ts'
import type { DataType } from '../tensor.ts'

defineOperator('Cast', {
  infer: ([x], { dtype }) => [{ dtype, shape: x.shape }],
  onnxAttributes: ({ dtype }) => ({ to: ELEMENT_TYPES[dtype as DataType] }),
  gradient: ({ inputs: [x], attributes: { dtype } }, [d]) => [
    isFloat(x.dtype) && isFloat(dtype) ? cast(d!, x.dtype) : undefined,
  ],
})
