import { create, toBinary } from '@bufbuild/protobuf'
import { OssatureError } from '../../errors.ts'
import { resolveComposite } from '../composite.ts'
import { type ConstantInput, type Operator, operatorNamed } from '../operator.ts'
import { nodesOf } from '../passes/rewrite.ts'
import type { Attributes, DataType, Node, Shape, Tensor } from '../tensor.ts'
import type { NamedTensor } from '../trace.ts'
import { ELEMENT_TYPES } from './element-types.ts'
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnx_pb.ts'

/** Operator set that every written file asks for. */
export const OPSET = 20
const IR_VERSION = 9n

/** A graph ready to be written: what it is fed, what it gives. */
export interface OnnxGraph {
  readonly inputs: readonly NamedTensor[]
  readonly outputs: readonly NamedTensor[]
  readonly name?: string
  readonly metadata?: Readonly<Record<string, string>>
}

/**
 * The bytes of an ONNX model.
 * @throws OssatureError when an input or output name stands twice, or the graph needs a tensor that is not among the inputs
 */
export function writeOnnx(graph: OnnxGraph): Uint8Array {
  return toBinary(ModelProtoSchema, onnxModel(graph))
}

/**
 * An ONNX model, not yet as bytes.
 * @throws OssatureError as `writeOnnx` does
 */
export function onnxModel(graph: OnnxGraph): ModelProto {
  const writer = new GraphWriter(graph)
  return create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'ossature',
    opsetImport: writer
      .domains()
      .map(([domain, version]) => create(OperatorSetIdProtoSchema, { domain, version: BigInt(version) })),
    graph: create(GraphProtoSchema, {
      name: graph.name ?? 'graph',
      node: writer.nodes,
      initializer: writer.initializers,
      input: graph.inputs.map(({ name, tensor }) => valueInfo(name, tensor)),
      output: graph.outputs.map(({ name, tensor }) => valueInfo(name, tensor)),
    }),
    metadataProps: Object.entries(graph.metadata ?? {}).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value }),
    ),
  })
}

class GraphWriter {
  nodes: NodeProto[] = []
  readonly initializers: TensorProto[] = []
  private readonly names = new Map<Tensor, string>()
  /** Names that the caller chose; those made up here avoid them. */
  private readonly given = new Set<string>()
  private readonly constants = new Map<string, string>()
  private readonly usedDomains = new Set<string>([''])
  /** What a node or the end of the graph reads. */
  private readonly used: ReadonlySet<Tensor>

  constructor(graph: OnnxGraph) {
    for (const { name } of [...graph.inputs, ...graph.outputs]) {
      if (this.given.has(name))
        throw new OssatureError('two inputs or outputs of the graph have one name', { where: name })
      this.given.add(name)
    }
    for (const { name, tensor } of graph.inputs) this.names.set(tensor, name)
    const nodes = nodesOf(graph.outputs.map(({ tensor }) => tensor))
    const ends = [...nodes.flatMap(({ inputs }) => inputs), ...graph.outputs.map(({ tensor }) => tensor)]
    this.used = new Set(ends.map(resolveComposite))
    for (const node of nodes) this.write(node)
    for (const { name, tensor } of graph.outputs) {
      this.nodes.push(create(NodeProtoSchema, { opType: 'Identity', input: [this.nameOf(tensor)], output: [name] }))
    }
    this.absorbOutputIdentities(graph)
  }

  domains(): [string, number][] {
    return [...this.usedDomains].map((domain) => [domain, domain === '' ? OPSET : 1])
  }

  /** An output that one node makes, and that is no input or second output, takes the output's name there. */
  private absorbOutputIdentities(graph: OnnxGraph): void {
    const fed = new Set([...graph.inputs.map(({ name }) => name), ...this.initializers.map((t) => t.name)])
    const renamed = new Map<string, string>()
    const kept = this.nodes.filter((node) => {
      const [source] = node.input
      const isOutput = node.opType === 'Identity' && graph.outputs.some(({ name }) => name === node.output[0])
      if (!isOutput || fed.has(source) || renamed.has(source)) return true
      renamed.set(source, node.output[0])
      return false
    })
    for (const node of kept) {
      node.input = node.input.map((name) => renamed.get(name) ?? name)
      node.output = node.output.map((name) => renamed.get(name) ?? name)
    }
    this.nodes = kept
  }

  private nameOf(tensor: Tensor): string {
    const resolved = resolveComposite(tensor)
    let name = this.names.get(resolved)
    if (name === undefined) {
      name = this.unused(`t${this.names.size}`)
      this.names.set(resolved, name)
    }
    return name
  }

  private unused(name: string): string {
    return this.given.has(name) ? this.unused(`_${name}`) : name
  }

  private write(node: Node): void {
    if (node.operator === 'Input') {
      if (this.names.has(node.outputs[0])) return
      throw new OssatureError('the graph needs a value that it is not fed', {
        where: node.attributes.name,
        hint: 'Every tensor must come from the trace that uses it.',
      })
    }
    if (node.operator === 'Constant') {
      const { data, dtype, shape } = node.attributes
      this.initializers.push(tensorProto(this.nameOf(node.outputs[0]), dtype, shape, data))
      return
    }
    const operator = operatorNamed(node.operator)
    const domain = operator.domain ?? ''
    this.usedDomains.add(domain)
    const constants = operator.constantInputs?.(node.attributes) ?? []
    const attributes = operator.onnxAttributes ? operator.onnxAttributes(node.attributes) : node.attributes
    const tensors = node.inputs.map((t) => this.nameOf(t))
    this.nodes.push(
      create(NodeProtoSchema, {
        name: node.scope
          ? `${node.scope}/${node.operator}_${this.nodes.length}`
          : `${node.operator}_${this.nodes.length}`,
        opType: operator.onnxName ?? node.operator,
        domain,
        input: [...tensors, ...constants.map((c) => (c ? this.constantInput(c) : ''))],
        output: this.outputNames(node, operator),
        attribute: Object.entries(attributes as Attributes).map(([name, value]) => attributeProto(name, value)),
      }),
    )
  }

  /** Names of the outputs; the last ones are left out where they may be and nothing uses them. */
  private outputNames({ outputs }: Node, { optionalOutputs }: Operator): string[] {
    const last = optionalOutputs ? outputs.findLastIndex((t, i) => i === 0 || this.used.has(t)) : outputs.length - 1
    return outputs.slice(0, last + 1).map((t) => this.nameOf(t))
  }

  private constantInput({ dtype, values, scalar }: ConstantInput): string {
    const key = `${dtype}${scalar ? 's' : 'v'}${values.join()}`
    let name = this.constants.get(key)
    if (name === undefined) {
      name = this.unused(`c${this.constants.size}`)
      this.constants.set(key, name)
      const data = dtype === 'i64' ? BigInt64Array.from(values, BigInt) : Float32Array.from(values)
      this.initializers.push(tensorProto(name, dtype, scalar ? [] : [values.length], data))
    }
    return name
  }
}

function tensorProto(name: string, dtype: DataType, shape: Shape, data: ArrayBufferView): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: ELEMENT_TYPES[dtype],
    dims: shape.map(BigInt),
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  })
}

function valueInfo(name: string, tensor: Tensor): ValueInfoProto {
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: ELEMENT_TYPES[tensor.dtype],
          shape: { dim: tensor.shape.map((n) => ({ value: { case: 'dimValue' as const, value: BigInt(n) } })) },
        },
      },
    },
  })
}

/** Attributes whose value is a float even when it is a whole number. */
const FLOAT_ATTRIBUTES = new Set(['alpha', 'beta', 'epsilon', 'gamma'])

function attributeProto(name: string, value: number | string | readonly number[]): AttributeProto {
  if (typeof value === 'string') {
    const s = new TextEncoder().encode(value)
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.STRING, s })
  }
  if (Array.isArray(value)) {
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INTS, ints: value.map(BigInt) })
  }
  if (FLOAT_ATTRIBUTES.has(name)) {
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.FLOAT, f: value as number })
  }
  return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value as number) })
}
