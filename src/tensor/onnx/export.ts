import { constant } from '../functions/constant.ts'
import { type Rule, rewrite } from '../passes/rewrite.ts'
import { simplify } from '../passes/simplify.ts'
import type { Tensor } from '../tensor.ts'
import type { TracedGraph } from '../trace.ts'
import { Bank } from '../variable.ts'
import { writeOnnx } from './write.ts'

/**
 * A traced graph with the present values of its variables as the bytes of an ONNX file. Standard operators only: it runs
 * wherever ONNX does. The graph must not update variables.
 */
export function exportOnnx(graph: TracedGraph, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const variables = new Map(graph.state.map(({ current, variable }) => [current, variable]))
  const frozen: Rule = (node, [x]) => {
    const variable = variables.get(node.outputs[0])
    if (variable) return [constant(variable.values, variable.shape)]
    const bank = node.operator === 'Split' ? variables.get(node.inputs[0]) : undefined
    if (!(bank instanceof Bank) || x === undefined) return undefined
    return bank.pieces.map((piece) => constant(piece.values, [piece.values.length]))
  }
  const roots: readonly Tensor[] = graph.outputs.map(({ tensor }) => tensor)
  const portable = simplify(simplify(rewrite(roots, frozen)))
  const outputs = graph.outputs.map(({ name }, i) => ({ name, tensor: portable[i] }))
  return writeOnnx({ inputs: graph.inputs, outputs, name: 'ossature', metadata })
}
