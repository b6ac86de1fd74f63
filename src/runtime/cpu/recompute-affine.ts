import { Node, type Rule, rewrite, type Tensor } from '../../tensor/index.ts'
import { nodesOf } from '../../tensor/passes/rewrite.ts'

/** A use counts as far when this share of the graph lies between: one in the backward pass. */
const FAR = 0.1

/**
 * A normalised, activated tensor that is used at once and then again much later, in the backward pass, is computed a
 * second time for the late uses where what it is computed from is kept anyway: one cheap pass over memory instead of a
 * tensor that lives through the step.
 */
export function recomputeAffine(roots: readonly Tensor[]): Tensor[] {
  const nodes = nodesOf(roots)
  const position = new Map(nodes.map((node, i) => [node, i]))
  const usesOf = new Map<Tensor, number[]>()
  for (const [i, node] of nodes.entries()) {
    for (const t of node.inputs) usesOf.set(t, [...(usesOf.get(t) ?? []), i])
  }
  const isFar = (t: Tensor, use: number) => use - position.get(t.node)! > FAR * nodes.length
  const hasFarUse = (t: Tensor) => (usesOf.get(t) ?? []).some((use) => isFar(t, use))

  const chosen = new Set<Tensor>()
  for (const node of nodes) {
    const [y] = node.outputs
    const uses = usesOf.get(y) ?? []
    if (node.operator !== 'FusedConv' || roots.includes(y) || !hasFarUse(y) || uses.every((use) => isFar(y, use))) continue
    const [x, , , added] = node.inputs
    if (keptAnyway(x) && (!added || keptAnyway(added))) chosen.add(y)
  }

  function keptAnyway(t: Tensor): boolean {
    return hasFarUse(t) && !chosen.has(t)
  }

  const copies = new Map<Tensor, Tensor>()
  const rule: Rule = (node, inputs) => {
    const swapped = inputs.map((t, i) => {
      const original = node.inputs[i]
      if (!chosen.has(original) || !isFar(original, position.get(node)!)) return t
      const copy = copies.get(original) ?? new Node('FusedConv', t.node.inputs, t.node.attributes, t.node.outputs).outputs[0]
      copies.set(original, copy)
      return copy
    })
    if (swapped.every((t, i) => t === inputs[i])) return undefined
    return new Node(node.operator, swapped, node.attributes, node.outputs).outputs
  }
  return rewrite(roots, rule)
}
