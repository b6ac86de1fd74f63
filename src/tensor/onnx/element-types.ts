import type { DataType } from '../tensor.ts'
import { TensorProto_DataType } from './onnx_pb.ts'

/** The element types by their ONNX names. */
export const ELEMENT_TYPES: Record<DataType, TensorProto_DataType> = {
  f32: TensorProto_DataType.FLOAT,
  f16: TensorProto_DataType.FLOAT16,
  i32: TensorProto_DataType.INT32,
  i64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
}
