import { broadcastShapes } from '../broadcast.ts'
import { constantNumber, scalar } from '../functions/constant.ts'
import { reshape, transpose } from '../functions/layout.ts'
import { apply } from '../operator.ts'
import { type Node, type Shape, sameShape, type Tensor } from '../tensor.ts'
import { type Rule, rebuilt, rewrite } from './rewrite.ts'

const BROADCASTING = new Set(['Add', 'Sub', 'Mul', 'Div', 'Max', 'Min'])

/** Views of views, neutral elements, expansions that broadcasting makes needless, and nodes that stand twice, removed. */
export function simplify(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, firstOf(removeStop, collapseViews, neutralElements, absorbExpansion, shareEqualNodes()))
}

function firstOf(...rules: Rule[]): Rule {
  return (node, inputs, uses) => {
    for (const rule of rules) {
      const result = rule(node, inputs, uses)
      if (result) return result
    }
    return undefined
  }
}

const removeStop: Rule = (node, [x]) => (node.operator === 'StopGradient' ? [x] : undefined)

const collapseViews: Rule = (node, [x]) => {
  if (node.operator === 'Reshape') {
    const source = x.node.operator === 'Reshape' ? x.node.inputs[0] : x
    if (source !== x || sameShape(source.shape, node.outputs[0].shape)) return [reshape(source, node.outputs[0].shape)]
  }
  if (node.operator === 'Transpose' && x.node.operator === 'Transpose') {
    const inner: number[] = x.node.attributes.perm
    return [
      transpose(
        x.node.inputs[0],
        node.attributes.perm.map((axis: number) => inner[axis]),
      ),
    ]
  }
  return undefined
}

const neutralElements: Rule = (node, [a, b]) => {
  if (a?.dtype !== 'f32') return undefined
  const kept = (x: Tensor) => (sameShape(x.shape, node.outputs[0].shape) ? [x] : undefined)
  const [u, v] = [a, b].map((t) => (t ? constantNumber(t) : undefined))
  switch (node.operator) {
    case 'Mul':
      if (u !== undefined && v !== undefined && a.rank === 0 && b.rank === 0) return [scalar(u * v)]
      if (v === 1) return kept(a)
      return u === 1 ? kept(b) : undefined
    case 'Add':
      if (v === 0) return kept(a)
      return u === 0 ? kept(b) : undefined
    case 'Div':
      return v === 1 ? kept(a) : undefined
    default:
      return undefined
  }
}

/** An operand without its expansion, where the result keeps its shape. */
const absorbExpansion: Rule = (node, inputs) => {
  const broadcasting = BROADCASTING.has(node.operator)
  if (!broadcasting && node.operator !== 'MatMul') return undefined
  const sources = inputs.map((t) => (t.node.operator === 'Expand' ? t.node.inputs[0] : t))
  let changed = false
  const result = inputs.slice()
  sources.forEach((source, i) => {
    if (source === inputs[i]) return
    const other = result[1 - i]
    const fits = broadcasting
      ? keeps(source.shape, other.shape, node)
      : sameShape(source.shape.slice(-2), inputs[i].shape.slice(-2)) &&
        keeps(source.shape.slice(0, -2), other.shape.slice(0, -2), node, 2)
    if (!fits) return
    result[i] = source
    changed = true
  })
  return changed ? [apply(node.operator, result, node.attributes)] : undefined
}

function keeps(a: Shape, b: Shape, node: Node, ignored = 0): boolean {
  const shape = broadcastShapes(a, b)
  const wanted = node.outputs[0].shape
  return shape !== undefined && sameShape(shape, wanted.slice(0, wanted.length - ignored))
}

/** One node for all that compute the same. */
function shareEqualNodes(): Rule {
  const known = new Map<string, readonly Tensor[]>()
  const ids = new Map<Tensor, number>()
  const idOf = (t: Tensor) => {
    const id = ids.get(t) ?? ids.size
    ids.set(t, id)
    return id
  }
  return (node, inputs) => {
    if (node.operator === 'Input') return undefined
    const key = node.operator === 'Constant' ? constantKey(node) : plainKey(node, inputs.map(idOf))
    if (key === undefined) return undefined
    const earlier = known.get(key)
    if (earlier) return earlier
    const outputs = rebuilt(node, inputs)
    known.set(key, outputs)
    return outputs
  }
}

function plainKey(node: Node, inputs: readonly number[]): string {
  const exact = (_: string, value: unknown) => (typeof value === 'number' ? exactText(value) : value)
  return `${node.operator}(${inputs.join()})${JSON.stringify(node.attributes, exact)}`
}

/** Text that tells 0 from -0 and infinities from NaN. */
function exactText(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Small constants and constants of equal elements; comparing large tables is not worth it. */
function constantKey(node: Node): string | undefined {
  const { data, dtype, shape } = node.attributes
  if (data.length <= 64) return `${dtype}[${shape}]${Array.from(data, exactText).join()}`
  const first = data[0]
  for (let i = 1; i < data.length; i++) if (!Object.is(data[i], first)) return undefined
  return `${dtype}[${shape}]all ${exactText(first)}`
}
