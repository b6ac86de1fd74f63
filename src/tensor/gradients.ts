import { OssatureError } from '../errors.ts'
import { add } from './functions/arithmetic.ts'
import { full } from './functions/constant.ts'
import { operatorNamed } from './operator.ts'
import { inScope, type Node, shapeError, sizeOf, type Tensor } from './tensor.ts'

/**
 * Gradients of a scalar with respect to tensors of the same graph (parameters, inputs or anything between), by reverse
 * mode on the graph itself. An entry is `undefined` where the output does not depend on the tensor.
 * @throws OssatureError when the output is no f32 scalar, or an operator on the way has no gradient rule
 */
export function gradients(output: Tensor, targets: readonly Tensor[]): (Tensor | undefined)[] {
  if (output.dtype !== 'f32' || sizeOf(output.shape) !== 1) throw shapeError('gradients', [output], 'an f32 scalar')
  const seed = full(output.shape, 1)
  const nodes = nodesBetween(output, targets)
  const wanted = new Set<Tensor>(targets)
  const dependent = dependentNodes(nodes, wanted)
  const flowing = new Map<Tensor, Tensor>([[output, seed]])

  for (const node of nodes) {
    if (!dependent.has(node)) continue
    const incoming = node.outputs.map((t) => flowing.get(t))
    if (incoming.every((d) => d === undefined)) continue
    const rule = operatorNamed(node.operator).gradient
    const needs = (i: number) => wanted.has(node.inputs[i]) || dependent.has(node.inputs[i].node)
    if (!node.inputs.some((_, i) => needs(i))) continue
    if (!rule) {
      if (node.operator === 'StopGradient') continue
      throw new OssatureError(`no gradient rule for ${node.operator}`, {
        where: node.scope || 'graph',
        hint: 'Wrap the operand in stopGradient() if no gradient should flow through it.',
      })
    }
    const context = { inputs: node.inputs, outputs: node.outputs, attributes: node.attributes, needs }
    const results = inScope(node.scope, () => rule(context, incoming))
    results.forEach((d, i) => {
      if (d === undefined || !needs(i)) return
      const sofar = flowing.get(node.inputs[i])
      flowing.set(node.inputs[i], sofar ? inScope(node.scope, () => add(sofar, d)) : d)
    })
  }
  return targets.map((t) => flowing.get(t))
}

/** Nodes that the output is computed from and that are not older than every target, latest first. */
function nodesBetween(output: Tensor, targets: readonly Tensor[]): Node[] {
  const oldest = Math.min(...targets.map((t) => t.node.id))
  const seen = new Set<Node>()
  const pending = [output.node]
  while (pending.length > 0) {
    const node = pending.pop()!
    if (seen.has(node) || node.id < oldest) continue
    seen.add(node)
    for (const t of node.inputs) pending.push(t.node)
  }
  return [...seen].sort((a, b) => b.id - a.id)
}

/** Nodes with an input that is, or depends on, one of the targets. */
function dependentNodes(latestFirst: readonly Node[], targets: ReadonlySet<Tensor>): ReadonlySet<Node> {
  const dependent = new Set<Node>()
  for (let i = latestFirst.length - 1; i >= 0; i--) {
    const node = latestFirst[i]
    if (node.inputs.some((t) => targets.has(t) || dependent.has(t.node))) dependent.add(node)
  }
  return dependent
}
