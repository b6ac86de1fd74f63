import { toBinary } from '@bufbuild/protobuf'
import { OssatureError } from '../../errors.ts'
import { constant } from '../functions/constant.ts'
import { absorbConstants } from '../passes/absorb-constants.ts'
import { type Rule, rewrite } from '../passes/rewrite.ts'
import { simplify } from '../passes/simplify.ts'
import { sumsAsProducts } from '../passes/sums-as-products.ts'
import type { Tensor } from '../tensor.ts'
import type { TracedGraph } from '../trace.ts'
import { Bank } from '../variable.ts'
import { checkPortableModel } from './check.ts'
import { ModelProtoSchema } from './onnx_pb.ts'
import { onnxModel } from './write.ts'

/** What makes a graph with fixed variables smaller on every device. */
const EXPORT_PASSES = [simplify, simplify, absorbConstants, sumsAsProducts, absorbConstants, simplify] as const

/**
 * A traced graph with the present values of its variables as the bytes of an ONNX file. Standard operators only: it runs
 * wherever ONNX does.
 * @param metadata texts by name, for programs that read the file
 * @throws OssatureError when the graph updates variables, or an operator of it belongs to one runtime
 */
export function exportOnnx(graph: TracedGraph, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const updated = graph.state.find(({ next }) => next)
  if (updated)
    throw new OssatureError('a graph that updates variables cannot be exported', {
      where: updated.variable.name,
      hint: 'Trace the network without training, random numbers and assignments.',
    })
  const variables = new Map(graph.state.map(({ current, variable }) => [current, variable]))
  const frozen: Rule = (node, [x]) => {
    const variable = variables.get(node.outputs[0])
    if (variable) return [constant(variable.values, variable.shape)]
    const bank = node.operator === 'Split' ? variables.get(node.inputs[0]) : undefined
    if (!(bank instanceof Bank) || x === undefined) return undefined
    return bank.pieces.map((piece) => constant(piece.values, [piece.values.length]))
  }
  const roots: readonly Tensor[] = graph.outputs.map(({ tensor }) => tensor)
  const portable = EXPORT_PASSES.reduce<readonly Tensor[]>((tensors, pass) => pass(tensors), rewrite(roots, frozen))
  const outputs = graph.outputs.map(({ name }, i) => ({ name, tensor: portable[i] }))
  const model = onnxModel({ inputs: graph.inputs, outputs, name: 'ossature', metadata })
  checkPortableModel(model)
  return toBinary(ModelProtoSchema, model)
}
