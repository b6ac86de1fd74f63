import { defineOperator, operatorNamed, type Shape, type Tensor } from '../../tensor/index.ts'

/** Operators of ONNX Runtime's own domain that the CPU passes introduce; they exist on no other device. */
const MICROSOFT = 'com.microsoft'

function product(a: Shape, b: Shape, transA: number, transB: number, batch: Shape): number[] {
  return [...batch, transA ? a[a.length - 1] : a[a.length - 2], transB ? b[b.length - 2] : b[b.length - 1]]
}

defineOperator('FusedMatMul', {
  domain: MICROSOFT,
  infer: ([a, b], { transA, transB, batch }) => [
    { dtype: a.dtype, shape: product(a.shape, b.shape, transA, transB, batch) },
  ],
  onnxAttributes: ({ transA, transB, alpha }) => ({ transA, transB, alpha }),
})

defineOperator('FusedConv', {
  domain: MICROSOFT,
  infer: ([x]: readonly Tensor[]) => [{ dtype: x.dtype, shape: x.shape }],
})

/** ONNX Runtime's layout with channels in blocks, as many as a vector register holds; tensors keep their shapes. */
const NCHWC = 'com.microsoft.nchwc'

defineOperator('ReorderInput', {
  domain: NCHWC,
  infer: ([x]) => [{ dtype: x.dtype, shape: x.shape }],
})

defineOperator('BlockedConv', {
  domain: NCHWC,
  onnxName: 'Conv',
  infer: (inputs, attributes) => operatorNamed('Conv').infer(inputs, attributes),
})

defineOperator('ReorderOutput', {
  domain: NCHWC,
  infer: ([x]) => [{ dtype: x.dtype, shape: x.shape }],
})
