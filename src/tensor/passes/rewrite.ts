import { resolveComposite } from '../composite.ts'
import { inPlaceOf, Node, type Tensor } from '../tensor.ts'

/** Both ways to name the two operands of an operator in which they may change places. */
export const OPERAND_ORDERS = [
  [0, 1],
  [1, 0],
] as const

/** Nodes that the roots are computed from, in the order of computation. Composites are seen through. */
export function nodesOf(roots: readonly Tensor[]): Node[] {
  const seen = new Set<Node>()
  const pending = roots.map((t) => resolveComposite(t).node)
  while (pending.length > 0) {
    const node = pending.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    for (const t of node.inputs) pending.push(resolveComposite(t).node)
  }
  return [...seen].sort((a, b) => a.place - b.place || a.id - b.id)
}

/** How many nodes and roots use a tensor; a composite's output counts as the tensor that it stands for. */
export type UseCounts = ReadonlyMap<Tensor, number>

function countUses(nodes: readonly Node[], roots: readonly Tensor[]): Map<Tensor, number> {
  const uses = new Map<Tensor, number>()
  const count = (t: Tensor) => uses.set(t, (uses.get(t) ?? 0) + 1)
  for (const node of nodes) for (const t of node.inputs) count(resolveComposite(t))
  for (const t of roots) count(resolveComposite(t))
  for (const node of nodes) for (const t of node.inputs) uses.set(t, uses.get(resolveComposite(t))!)
  return uses
}

/**
 * Replacement outputs for a node, or `undefined` to leave it. `inputs` are the node's inputs after rewriting;
 * `uses` counts the uses of the original tensors and of those that stand for them, at least.
 */
export type Rule = (node: Node, inputs: readonly Tensor[], uses: UseCounts) => readonly Tensor[] | undefined

/** The first of several rules that applies. */
export function firstOf(...rules: Rule[]): Rule {
  return (node, inputs, uses) => {
    for (const rule of rules) {
      const result = rule(node, inputs, uses)
      if (result) return result
    }
    return undefined
  }
}

/** The roots after a rule was applied to every node, inputs before users. */
export function rewrite(roots: readonly Tensor[], rule: Rule): Tensor[] {
  const nodes = nodesOf(roots)
  const uses = countUses(nodes, roots)
  const replaced = new Map<Tensor, Tensor>()
  const current = (t: Tensor) => {
    const resolved = resolveComposite(t)
    return replaced.get(resolved) ?? resolved
  }
  for (const node of nodes) {
    const inputs = node.inputs.map(current)
    const outputs = inPlaceOf(node, () => rule(node, inputs, uses) ?? rebuilt(node, inputs))
    if (outputs === node.outputs) continue
    node.outputs.forEach((t, i) => {
      replaced.set(t, outputs[i])
      uses.set(outputs[i], (uses.get(outputs[i]) ?? 0) + (uses.get(t) ?? 0))
    })
  }
  return roots.map(current)
}

/** The node's outputs over other inputs. */
export function rebuilt(node: Node, inputs: readonly Tensor[]): readonly Tensor[] {
  if (inputs.every((t, i) => t === node.inputs[i])) return node.outputs
  return new Node(node.operator, inputs, node.attributes, node.outputs).outputs
}
