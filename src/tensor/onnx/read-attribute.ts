import type { OnnxAttribute } from './model.ts'
import { AttributeProto_AttributeType as TYPE } from './onnx_pb.ts'
import type { WireMessage } from './wire.ts'

/** Name and value of an AttributeProto. */
export function readAttribute(message: WireMessage): [name: string, value: OnnxAttribute] {
  let [name, type, float, integer, text] = ['', 0, 0, 0n, '']
  const [floats, integers, texts] = [[] as number[], [] as bigint[], [] as string[]]
  let others = 0
  while (message.next()) {
    if (message.field === 1) name = message.text()
    else if (message.field === 2) float = message.float()
    else if (message.field === 3) integer = message.integer()
    else if (message.field === 4) text = message.text()
    else if (message.field === 7) message.floats(floats)
    else if (message.field === 8) message.integers(integers)
    else if (message.field === 9) texts.push(message.text())
    else if (message.field === 20) type = message.whole()
    else if (OTHERS.has(message.field)) others++
  }
  return [name, value()]

  function value(): OnnxAttribute {
    switch (type) {
      case TYPE.FLOAT:
        return float
      case TYPE.INT:
        return plain(integer)
      case TYPE.STRING:
        return text
      case TYPE.FLOATS:
        return floats
      case TYPE.INTS:
        return integers.map(plain)
      case TYPE.STRINGS:
        return texts
      default: {
        const kind = KINDS[type]
        if (!kind) throw message.broken('the type of an attribute', `${type} of ${name}`)
        return { kind, count: others }
      }
    }
  }
}

/** Fields with tensors, graphs and types. */
const OTHERS = new Set([5, 6, 10, 11, 14, 15, 22, 23])

const KINDS: Readonly<Record<number, 'tensor' | 'graph' | 'sparse_tensor' | 'type_proto'>> = {
  [TYPE.TENSOR]: 'tensor',
  [TYPE.TENSORS]: 'tensor',
  [TYPE.GRAPH]: 'graph',
  [TYPE.GRAPHS]: 'graph',
  [TYPE.SPARSE_TENSOR]: 'sparse_tensor',
  [TYPE.SPARSE_TENSORS]: 'sparse_tensor',
  [TYPE.TYPE_PROTO]: 'type_proto',
  [TYPE.TYPE_PROTOS]: 'type_proto',
}

function plain(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}
