import type { OnnxInitializer, OnnxModel, OnnxNode, OnnxOpset, OnnxValue } from './model.ts'
import { readAttribute } from './read-attribute.ts'
import { elementTypeName, readInitializer } from './read-initializer.ts'
import { WireBudget, WireMessage } from './wire.ts'

/**
 * What an ONNX file says of itself. The file is taken for hostile: nothing of it is computed, values are not copied, and
 * it takes at most as much memory as its own size and 64 MiB.
 * @param where names the file in errors
 * @throws OssatureError when the bytes are no ONNX model: cut off, of unknown types, or with shapes that their values do
 * not fill; and when values are in other files
 */
export function readOnnx(bytes: Uint8Array, where = 'model'): OnnxModel {
  const message = new WireMessage(bytes, new WireBudget(bytes.length, where))
  let [irVersion, producer, producerVersion, functions] = [0, '', '', 0]
  let graph: Graph | undefined
  const opsets: OnnxOpset[] = []
  const metadata = new Map<string, string>()
  while (message.next()) {
    if (message.field === 1) irVersion = message.whole()
    else if (message.field === 2) producer = message.text()
    else if (message.field === 3) producerVersion = message.text()
    else if (message.field === 7) {
      if (graph) throw message.broken('one graph', 'two')
      graph = readGraph(message.message())
    } else if (message.field === 8) opsets.push(readOpset(message.message()))
    else if (message.field === 14) metadata.set(...readEntry(message.message()))
    else if (message.field === 25) functions++
  }
  if (!graph) throw message.broken('a model with a graph', `${bytes.length} bytes without one`)
  if (opsets.length === 0) throw message.broken('a model that names its operator sets', 'none')
  return { irVersion, producer: `${producer} ${producerVersion}`.trim(), opsets, metadata, functions, ...graph }
}

type Graph = Pick<OnnxModel, 'inputs' | 'outputs' | 'nodes' | 'initializers'>

function readGraph(message: WireMessage): Graph {
  const [inputs, outputs]: OnnxValue[][] = [[], []]
  const nodes: OnnxNode[] = []
  const initializers: OnnxInitializer[] = []
  while (message.next()) {
    if (message.field === 1) nodes.push(readNode(message.message()))
    else if (message.field === 5) initializers.push(readInitializer(message.message()))
    else if (message.field === 11) inputs.push(readValue(message.message()))
    else if (message.field === 12) outputs.push(readValue(message.message()))
  }
  // Older files list what has a value among the inputs, too.
  const given = new Set(initializers.map(({ name }) => name))
  return { inputs: inputs.filter(({ name }) => !given.has(name)), outputs, nodes, initializers }
}

function readNode(message: WireMessage): OnnxNode {
  let [name, operator, domain] = ['', '', '']
  const [inputs, outputs]: string[][] = [[], []]
  const attributes = new Map<string, ReturnType<typeof readAttribute>[1]>()
  while (message.next()) {
    if (message.field === 1) inputs.push(message.text())
    else if (message.field === 2) outputs.push(message.text())
    else if (message.field === 3) name = message.text()
    else if (message.field === 4) operator = message.text()
    else if (message.field === 5) attributes.set(...readAttribute(message.message()))
    else if (message.field === 7) domain = message.text()
  }
  if (operator === '') throw message.broken('a node with an operator', name || 'a node without one')
  return { name, operator, domain, inputs, outputs, attributes }
}

/** Kinds of values that are no tensors, by their field of TypeProto. */
const OTHER_KINDS: Readonly<Record<number, string>> = {
  4: 'sequence',
  5: 'map',
  7: 'opaque',
  8: 'sparse',
  9: 'optional',
}

function readValue(message: WireMessage): OnnxValue {
  let name = ''
  let type: Pick<OnnxValue, 'type' | 'shape'> = { type: 'unknown' }
  while (message.next()) {
    if (message.field === 1) name = message.text()
    if (message.field !== 2) continue
    const kind = message.message()
    while (kind.next()) {
      if (kind.field === 1) type = readTensorType(kind.message())
      else if (OTHER_KINDS[kind.field]) type = { type: OTHER_KINDS[kind.field] }
    }
  }
  return { name, ...type }
}

function readTensorType(message: WireMessage): Pick<OnnxValue, 'type' | 'shape'> {
  let type = 0
  let shape: (number | string | undefined)[] | undefined
  while (message.next()) {
    if (message.field === 1) type = message.whole()
    if (message.field !== 2) continue
    shape = []
    const lengths = message.message()
    while (lengths.next()) if (lengths.field === 1) shape.push(readLength(lengths.message()))
  }
  const typeName = elementTypeName(type)
  if (!typeName) throw message.broken('an element type', String(type))
  return shape ? { type: typeName, shape } : { type: typeName }
}

function readLength(message: WireMessage): number | string | undefined {
  let length: number | string | undefined
  while (message.next()) {
    // Some programs write -1 for a length that they do not know.
    if (message.field === 1) length = message.integer() < 0n ? undefined : message.whole()
    else if (message.field === 2) length = message.text()
  }
  return length
}

function readOpset(message: WireMessage): OnnxOpset {
  let [domain, version] = ['', 0]
  while (message.next()) {
    if (message.field === 1) domain = message.text()
    else if (message.field === 2) version = message.whole()
  }
  return { domain: domain === 'ai.onnx' ? '' : domain, version }
}

function readEntry(message: WireMessage): [key: string, value: string] {
  let [key, value] = ['', '']
  while (message.next()) {
    if (message.field === 1) key = message.text()
    else if (message.field === 2) value = message.text()
  }
  return [key, value]
}
