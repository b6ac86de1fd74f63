import { OssatureError } from '../../errors.ts'
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
} from './onnx_pb.ts'
import { bytesOfElements } from './tensor-bytes.ts'

const TYPES = AttributeProto_AttributeType

/** Which field of an attribute holds a value of that type. */
const FIELDS: Partial<Record<AttributeProto_AttributeType, (attribute: AttributeProto) => boolean>> = {
  [TYPES.FLOAT]: ({ f }) => f !== undefined,
  [TYPES.INT]: ({ i }) => i !== undefined,
  [TYPES.STRING]: ({ s }) => s !== undefined,
  [TYPES.TENSOR]: ({ t }) => t !== undefined,
  [TYPES.FLOATS]: ({ ints, strings }) => ints.length + strings.length === 0,
  [TYPES.INTS]: ({ floats, strings }) => floats.length + strings.length === 0,
  [TYPES.STRINGS]: ({ ints, floats }) => ints.length + floats.length === 0,
}

/**
 * Checks the structure of a model that is meant to run everywhere: operators of the standard domain only and without
 * graphs of their own, every value made once and before it is used, initializers as large as their shapes say, attributes
 * with a value of their type.
 * @throws OssatureError naming the first place where that is not so
 */
export function checkPortableModel(model: ModelProto): void {
  const opsets = model.opsetImport
  if (opsets.length !== 1 || (opsets[0].domain ?? '') !== '' || !(opsets[0].version ?? 0n)) {
    const found = opsets.map(({ domain, version }) => `${domain || 'ai.onnx'} ${version}`).join(', ')
    throw broken('operator sets', 'a version of the standard operator set and no other', found || 'none')
  }
  if (!model.graph) throw broken('model', 'a graph', 'none')
  checkGraph(model.graph)
}

function checkGraph(graph: GraphProto): void {
  const known = new Set<string>()
  const define = (name: string | undefined, what: string) => {
    if (!name) throw broken(what, 'a name', 'none')
    if (known.has(name)) throw broken(name, 'names that stand once', `another ${what} of that name`)
    known.add(name)
  }
  for (const { name } of graph.input) define(name, 'input')
  for (const tensor of graph.initializer) {
    define(tensor.name, 'initializer')
    checkInitializer(tensor)
  }
  for (const node of graph.node) {
    checkNode(node)
    for (const name of node.input) {
      if (name !== '' && !known.has(name)) throw broken(place(node), 'inputs that stand before it', name)
    }
    for (const name of node.output) define(name, 'output of a node')
  }
  for (const { name } of graph.output) {
    if (!known.has(name ?? '')) throw broken('outputs', 'values that the graph makes', name ?? 'none')
  }
}

function checkNode(node: NodeProto): void {
  if (!node.opType) throw broken(place(node), 'an operator', 'none')
  if (node.domain) throw broken(place(node), 'an operator of the standard domain', `${node.opType} of ${node.domain}`)
  const names = new Set<string>()
  for (const attribute of node.attribute) {
    const { name = '', type = TYPES.UNDEFINED } = attribute
    if (names.has(name)) throw broken(place(node), 'attributes that stand once', `${name} twice`)
    names.add(name)
    if (!FIELDS[type]?.(attribute)) throw broken(place(node), `a value of the type of ${name}`, TYPES[type])
  }
}

function checkInitializer({ name, dims, dataType, rawData }: TensorProto): void {
  const elements = dims.reduce((product, n) => product * Number(n), 1)
  const expected = elements * (bytesOfElements(dataType ?? 0) ?? Number.NaN)
  const found = rawData?.length ?? 0
  if (found !== expected) throw broken(name ?? 'initializer', `${expected} bytes for [${dims}]`, `${found} bytes`)
}

function place({ name, opType }: NodeProto): string {
  return name || opType || 'node'
}

function broken(where: string, expected: string, found: string): OssatureError {
  return new OssatureError('this graph is no portable ONNX model', { where, expected, found })
}
