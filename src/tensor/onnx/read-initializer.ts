import type { OnnxInitializer } from './model.ts'
import { TensorProto_DataType as TYPE } from './onnx_pb.ts'
import { bytesOfElements } from './tensor-bytes.ts'
import type { WireMessage } from './wire.ts'

/** The name of an element type in lower case; `undefined` for a number that ONNX does not define. */
export function elementTypeName(type: number): string | undefined {
  return type === TYPE.UNDEFINED ? undefined : TYPE[type]?.toLowerCase()
}

/**
 * Name, type and shape of a TensorProto, whose values are looked at only to count them.
 * @throws OssatureError where there are more or fewer values than the shape says, or they are in another file
 */
export function readInitializer(message: WireMessage): OnnxInitializer {
  let [name, type, isExternal] = ['', 0, false]
  let [raw, values] = [-1, 0]
  const dims: bigint[] = []
  while (message.next()) {
    if (message.field === 1) message.integers(dims)
    else if (message.field === 2) type = message.whole()
    else if (message.field === 4) values += message.fixedCount(4)
    else if (message.field === 5 || message.field === 7 || message.field === 11) values += message.varintCount()
    else if (message.field === 6) values += 1
    else if (message.field === 8) name = message.text()
    else if (message.field === 9) raw = message.length()
    else if (message.field === 10) values += message.fixedCount(8)
    else if (message.field === 14) isExternal = message.whole() !== 0
  }
  const typeName = elementTypeName(type)
  if (!typeName) throw message.broken('an element type', `${type} of ${name}`)
  if (isExternal) throw message.broken('values in the file itself', `${name}, which is in another file`)
  const shape = dims.map(Number)
  const elements = shape.reduce((product, n) => product * n, 1)
  if (shape.some((n) => n < 0) || !Number.isSafeInteger(elements))
    throw message.broken('a shape', `[${dims}] of ${name}`)
  const wanted = raw >= 0 ? elements * (bytesOfElements(type) ?? Number.NaN) : valuesOf(type, elements)
  const found = raw >= 0 ? raw : values
  if (found !== Math.ceil(wanted)) {
    throw message.broken(`${elements} values of ${name}, [${shape}]`, `${found} ${raw >= 0 ? 'bytes' : 'values'}`)
  }
  return { name, type: typeName, shape }
}

/** Numbers that hold so many elements: complex ones take two, those of less than a byte share one. */
function valuesOf(type: number, elements: number): number {
  if (type === TYPE.COMPLEX64 || type === TYPE.COMPLEX128) return 2 * elements
  return elements * Math.min(1, bytesOfElements(type) ?? 1)
}
