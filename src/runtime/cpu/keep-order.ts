import { resolveComposite } from '../../tensor/composite.ts'
import { inScope, Node, type Tensor } from '../../tensor/index.ts'
import { nodesOf } from '../../tensor/passes/rewrite.ts'
import { isView } from './memory-use.ts'

/**
 * The same graph, written such that the runtime computes it in the order in which it was made. Left alone, gradients of
 * weights may come last, and what they need is held until then.
 *
 * ONNX Runtime goes depth first from what nobody reads, the node written last first; of a node's inputs the one written
 * last comes first, too. So nodes are written from the end: of those whose readers are all written, the one to compute
 * first.
 */
export function keepOrder(roots: readonly Tensor[]): Tensor[] {
  const nodes = nodesOf(roots)
  const places = new Map<Node, number>()
  nodes.forEach((node, i) => {
    places.set(node, isView(node) ? places.get(resolveComposite(node.inputs[0]).node)! : i)
  })
  const readers = new Map(nodes.map((node) => [node, 0]))
  for (const node of nodes) for (const source of sourcesOf(node)) readers.set(source, readers.get(source)! + 1)
  const ready = nodes.filter((node) => readers.get(node) === 0).sort((a, b) => places.get(b)! - places.get(a)!)
  const fromTheEnd: Node[] = []
  while (ready.length > 0) {
    const node = ready.pop()!
    fromTheEnd.push(node)
    for (const source of sourcesOf(node)) {
      readers.set(source, readers.get(source)! - 1)
      if (readers.get(source) === 0) ready.splice(placeOf(source, ready, places), 0, source)
    }
  }
  return written(fromTheEnd.reverse(), roots)
}

const sourcesOf = (node: Node): ReadonlySet<Node> => new Set(node.inputs.map((t) => resolveComposite(t).node))

/** Where a node belongs among nodes of which the latest comes first. */
function placeOf(node: Node, sorted: readonly Node[], places: ReadonlyMap<Node, number>): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (places.get(sorted[middle])! > places.get(node)!) low = middle + 1
    else high = middle
  }
  return low
}

function written(order: readonly Node[], roots: readonly Tensor[]): Tensor[] {
  const tensors = new Map<Tensor, Tensor>()
  const current = (t: Tensor) => {
    const resolved = resolveComposite(t)
    return tensors.get(resolved) ?? resolved
  }
  for (const node of order) {
    if (node.inputs.length === 0) continue
    const { operator, attributes, outputs } = node
    const copy = inScope(node.scope, () => new Node(operator, node.inputs.map(current), attributes, outputs))
    outputs.forEach((t, i) => {
      tensors.set(t, copy.outputs[i])
    })
  }
  return roots.map(current)
}
