import { OssatureError } from '../errors.ts'

/** f16 stands between operators only: what is fed, given and kept is f32, and not every device computes with f16. */
export type DataType = 'f32' | 'f16' | 'i32' | 'i64' | 'bool'
export type Shape = readonly number[]

/** Element type and static shape of a tensor. */
export interface TensorType {
  readonly dtype: DataType
  readonly shape: Shape
}

// biome-ignore lint/suspicious/noExplicitAny: each operator knows its own attributes
export type Attributes = Readonly<Record<string, any>>

let nextNodeId = 0

/** One application of an ONNX operator. Inputs always have smaller ids than the node itself. */
export class Node {
  readonly id = nextNodeId++
  /** Its place in the order of computation: its id, or the place of the node that it was put in for. */
  readonly place: number
  readonly operator: string
  readonly inputs: readonly Tensor[]
  readonly attributes: Attributes
  readonly outputs: readonly Tensor[]
  /** Dotted path of the module that was being traced, for messages and profiles. */
  readonly scope: string

  constructor(operator: string, inputs: readonly Tensor[], attributes: Attributes, outputs: readonly TensorType[]) {
    this.operator = operator
    this.inputs = inputs
    this.attributes = attributes
    this.scope = currentScope()
    this.place = contexts.at(-1)?.place ?? this.id
    this.outputs = outputs.map((type, index) => new Tensor(type, this, index))
  }
}

/** A value that will exist when the traced graph runs. */
export class Tensor {
  readonly dtype: DataType
  readonly shape: Shape
  readonly node: Node
  readonly index: number

  constructor(type: TensorType, node: Node, index: number) {
    this.dtype = type.dtype
    this.shape = type.shape
    this.node = node
    this.index = index
  }

  get rank(): number {
    return this.shape.length
  }

  toString(): string {
    return `${this.dtype}[${this.shape.join(', ')}]`
  }
}

interface Context {
  readonly scope: string
  readonly place?: number
}

const contexts: Context[] = []

/** Path of the module that is being traced. */
export function currentScope(): string {
  return contexts.at(-1)?.scope ?? ''
}

/** Result of `body`, whose nodes and errors carry the module path `path`. */
export function inScope<R>(path: string, body: () => R): R {
  return inContext({ scope: path, place: contexts.at(-1)?.place }, body)
}

/** Result of `body`, whose nodes are put in for `node`: they carry its module path and are computed in its place. */
export function inPlaceOf<R>({ scope, place }: Node, body: () => R): R {
  return inContext({ scope, place }, body)
}

function inContext<R>(context: Context, body: () => R): R {
  contexts.push(context)
  try {
    return body()
  } finally {
    contexts.pop()
  }
}

/** An error about the shapes or types that an operator was given. */
export function shapeError(operator: string, inputs: readonly TensorType[], expected: string): OssatureError {
  return new OssatureError(`${operator} cannot take these tensors`, {
    where: currentScope() || 'graph',
    expected,
    found: inputs.map((t) => `${t.dtype}[${t.shape.join(', ')}]`).join(' and '),
  })
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1)
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i])
}
