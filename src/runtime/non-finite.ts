import { OssatureError } from '../errors.ts'
import { resolveComposite } from '../tensor/composite.ts'
import { isFloat } from '../tensor/element-type.ts'
import {
  Bank,
  cast,
  type Node,
  type Shape,
  sizeOf,
  type Tensor,
  type TracedGraph,
  type Variable,
} from '../tensor/index.ts'
import { nodesOf } from '../tensor/passes/rewrite.ts'
import type { Device, HostArray } from './device.ts'

export type NonFiniteKind = 'NaN' | 'infinity'

/** The place in a graph where values that are not finite begin. */
export interface NonFinite {
  /** ONNX name of the operator; `Input` for a value that the graph is fed or reads from its state. */
  readonly operator: string
  /** Dotted path of the module that made the operator; the name of an input or variable. */
  readonly scope: string
  readonly shape: Shape
  readonly kind: NonFiniteKind
  /** Row-major index of the first such element. */
  readonly index: number
}

type Feeds = Readonly<Record<string, HostArray>>

/**
 * The first operator, in the order of computation, that makes NaN of what is no NaN, or an infinity of finite values;
 * `undefined` where there is none. Infinities that stand in the graph as constants, as in masks, do not count.
 * Runs the graph on the device's present state, several times, and leaves the state as it is.
 */
export async function findNonFinite(graph: TracedGraph, feeds: Feeds, device: Device): Promise<NonFinite | undefined> {
  return locateNonFinite(graph, async (probe) => {
    const step = await device.compile(probe)
    try {
      return await step.run(feeds)
    } finally {
      await step.release()
    }
  })
}

/** Values fetched in one run, at most: about 256 MB. */
const FETCHED = 64e6

/** As `findNonFinite`; `run` gives the outputs of a graph with the same inputs and the same state. */
export async function locateNonFinite(
  graph: TracedGraph,
  run: (probe: TracedGraph) => Promise<Feeds>,
): Promise<NonFinite | undefined> {
  const updated = graph.state.flatMap(({ next }) => (next ? [next] : []))
  const kinds = new Map<Tensor, NonFiniteKind>()
  for (const tensors of portions(nodesOf([...graph.outputs.map(({ tensor }) => tensor), ...updated]))) {
    const values = await run(readingOnly(graph, tensors))
    for (const [i, tensor] of tensors.entries()) {
      const kind = nonFiniteKind(values[i])
      if (!kind) continue
      if (begins(kind, tensor.node, kinds)) return place(tensor, kind, values[i], graph)
      kinds.set(tensor, kind)
    }
  }
  return undefined
}

/** Whether an array has a NaN, or else an infinity. */
export function nonFiniteKind(values: HostArray): NonFiniteKind | undefined {
  let kind: NonFiniteKind | undefined
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue
    if (Number.isNaN(values[i])) return 'NaN'
    kind = 'infinity'
  }
  return kind
}

/** What to tell a person of a run that was refused. */
export function nonFiniteError(where: string, kind: NonFiniteKind, origin: NonFinite | undefined): OssatureError {
  return new OssatureError(`a run gave ${kind}, and was undone`, {
    where,
    expected: 'finite values',
    found: origin && `${origin.kind}, which begins at ${describe(origin)}`,
    hint: 'Look for extreme values in the data, a learning rate that is too large, and logarithms or quotients of zero.',
  })
}

function describe({ operator, scope, shape, index }: NonFinite): string {
  const what = operator === 'Input' ? `the value ${scope}` : `${operator} in ${scope || 'the graph itself'}`
  return `${what}, element ${index} of [${shape.join(', ')}]`
}

/** Floating-point outputs of nodes in groups that are fetched together. */
function* portions(nodes: readonly Node[]): Generator<Tensor[]> {
  let portion: Tensor[] = []
  let size = 0
  for (const tensor of nodes.flatMap(({ outputs }) => outputs)) {
    if (!isFloat(tensor.dtype)) continue
    if (portion.length > 0 && size + sizeOf(tensor.shape) > FETCHED) {
      yield portion
      portion = []
      size = 0
    }
    portion.push(tensor)
    size += sizeOf(tensor.shape)
  }
  if (portion.length > 0) yield portion
}

function readingOnly({ inputs, state }: TracedGraph, tensors: readonly Tensor[]): TracedGraph {
  return {
    inputs,
    outputs: tensors.map((tensor, i) => ({ name: String(i), tensor: cast(tensor, 'f32') })),
    state: state.map(({ variable, current }) => ({ variable, current })),
  }
}

function begins(kind: NonFiniteKind, node: Node, kinds: ReadonlyMap<Tensor, NonFiniteKind>): boolean {
  if (node.operator === 'Constant') return kind === 'NaN'
  const given = node.inputs.map((tensor) => kinds.get(resolveComposite(tensor)))
  return kind === 'NaN' ? !given.includes('NaN') : given.every((known) => known === undefined)
}

function place(tensor: Tensor, kind: NonFiniteKind, values: HostArray, graph: TracedGraph): NonFinite {
  const { operator, scope, attributes } = tensor.node
  const index = values.findIndex((value) => (kind === 'NaN' ? Number.isNaN(value) : !Number.isFinite(value)))
  const found = { operator, scope, shape: tensor.shape, kind, index }
  if (operator !== 'Input') return found
  const variable = graph.state.find(({ current }) => current === tensor)?.variable
  return { ...found, ...(variable ? partOf(variable, index) : { scope: attributes.name }) }
}

/** The variable of a bank that an element belongs to; any other variable itself. */
function partOf(variable: Variable, index: number): Pick<NonFinite, 'scope' | 'shape' | 'index'> {
  if (!(variable instanceof Bank)) return { scope: variable.name, shape: variable.shape, index }
  let offset = 0
  for (const piece of variable.pieces) {
    const size = sizeOf(piece.shape)
    if (index < offset + size) return { scope: piece.name, shape: piece.shape, index: index - offset }
    offset += size
  }
  return { scope: variable.name, shape: variable.shape, index }
}
