import './operators/constant.ts'
import './operators/activations.ts'
import './operators/arithmetic.ts'
import './operators/cast.ts'
import './operators/comparison.ts'
import './operators/elementwise.ts'
import './operators/reduction.ts'
import './operators/layout.ts'
import './operators/linear.ts'
import './operators/convolution.ts'
import './operators/pooling.ts'
import './operators/indexing.ts'
import './operators/cumulative.ts'
import './operators/sorting.ts'
import './operators/softmax.ts'
import './operators/normalization.ts'

export { markCentred } from './centred.ts'
export { composite } from './composite.ts'
export * from './functions/activations.ts'
export { add, divide, multiply, negate, type Operand, power, subtract } from './functions/arithmetic.ts'
export * from './functions/cast.ts'
export * from './functions/comparison.ts'
export * from './functions/constant.ts'
export * from './functions/convolution.ts'
export * from './functions/cumulative.ts'
export * from './functions/dropout.ts'
export { einsum } from './functions/einsum.ts'
export * from './functions/elementwise.ts'
export * from './functions/indexing.ts'
export * from './functions/interpolation.ts'
export * from './functions/layout.ts'
export * from './functions/linear.ts'
export * from './functions/normalization.ts'
export * from './functions/norms.ts'
export * from './functions/pooling.ts'
export * from './functions/qr.ts'
export * from './functions/random.ts'
export {
  argMax,
  argMin,
  max,
  mean,
  min,
  product,
  type ReductionOptions,
  sum,
  sumTo,
  type VarianceOptions,
  variance,
} from './functions/reduction.ts'
export * from './functions/softmax.ts'
export * from './functions/solve-triangular.ts'
export * from './functions/sorting.ts'
export * from './functions/transposed-convolution.ts'
export * from './functions/triangular.ts'
export { gradients } from './gradients.ts'
export { exportOnnx } from './onnx/export.ts'
export type { OnnxAttribute, OnnxInitializer, OnnxModel, OnnxNode, OnnxOpset, OnnxValue } from './onnx/model.ts'
export { readOnnx } from './onnx/read.ts'
export { OPSET, writeOnnx } from './onnx/write.ts'
export { apply, applyAll, defineOperator, operatorNamed } from './operator.ts'
export { type Rule, rebuilt, rewrite } from './passes/rewrite.ts'
export { simplify } from './passes/simplify.ts'
export { RandomState } from './random-state.ts'
export {
  currentScope,
  type DataType,
  inScope,
  Node,
  type Shape,
  sameShape,
  shapeError,
  sizeOf,
  Tensor,
  type TensorType,
} from './tensor.ts'
export {
  assign,
  declareUpdate,
  f32,
  i32,
  isTraining,
  type NamedTensor,
  read,
  readBeforeStep,
  reportOutput,
  type StateEntry,
  type TracedGraph,
  trace,
} from './trace.ts'
export { Bank, requireStored, stored, Variable, type VariableKind } from './variable.ts'
