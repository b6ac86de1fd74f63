import type { ConstantData } from '../functions/constant.ts'
import type { Attributes, Node, Tensor } from '../tensor.ts'
import { type Rule, rebuilt } from './rewrite.ts'

/** One node for all that compute the same (common subexpressions). Sharing begins anew with every call. */
export function shareEqualNodes(): Rule {
  const known = new Map<string, readonly Tensor[]>()
  const ids = new Map<Tensor, number>()
  const idOf = (t: Tensor) => {
    let id = ids.get(t)
    if (id === undefined) {
      id = ids.size
      ids.set(t, id)
    }
    return id
  }
  return (node, inputs) => {
    if (node.operator === 'Input') return undefined
    const key = node.operator === 'Constant' ? constantKey(node) : plainKey(node, inputs, idOf)
    if (key === undefined) return undefined
    const earlier = known.get(key)
    if (earlier) return earlier
    const outputs = rebuilt(node, inputs)
    known.set(key, outputs)
    return outputs
  }
}

function plainKey(node: Node, inputs: readonly Tensor[], idOf: (t: Tensor) => number): string {
  let key = node.operator
  for (const t of inputs) key += ` ${idOf(t)}`
  return `${key} ${attributesKey(node.attributes)}`
}

// A node that is built again keeps its attributes, so they are spelled out once for all passes.
const attributesKeys = new WeakMap<Attributes, string>()

function attributesKey(attributes: Attributes): string {
  let key = attributesKeys.get(attributes)
  if (key === undefined) {
    key = ''
    for (const name in attributes) key += `${name}=${attributeText(attributes[name])} `
    attributesKeys.set(attributes, key)
  }
  return key
}

function attributeText(value: unknown): string {
  if (typeof value === 'number') return exactText(value)
  if (Array.isArray(value)) return `[${value.map(attributeText)}]`
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value)
}

/** Text that tells 0 from -0 and infinities from NaN. */
function exactText(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

const constantKeys = new WeakMap<Node, string | undefined>()

function constantKey(node: Node): string | undefined {
  if (!constantKeys.has(node)) constantKeys.set(node, elementsKey(node))
  return constantKeys.get(node)
}

/** Small constants and constants of equal elements; comparing large tables is not worth it. */
function elementsKey(node: Node): string | undefined {
  const { data, dtype, shape } = node.attributes as Attributes & { data: ConstantData }
  if (data.length <= 64) return `${dtype}[${shape}]${Array.from<number | bigint, string>(data, exactText).join()}`
  const first = data[0]
  for (let i = 1; i < data.length; i++) if (!Object.is(data[i], first)) return undefined
  return `${dtype}[${shape}]all ${exactText(first)}`
}
