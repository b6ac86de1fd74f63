import { addEdges, dropEdges, dropEdgesKeepingSum } from '../../../src/models/blocks/graph/random-edges.ts'
import { stgcnAdjacency } from '../../../src/skeleton/graph.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import { f32, type Tensor } from '../../../src/tensor/index.ts'
import type { Adapter, GoldenTest, Values } from '../../adapter.ts'
import { runTransform } from '../../networks/run-transform.ts'

type Alter = (graph: Tensor, rate: Tensor, keep: Tensor) => Tensor

const functions: Readonly<Record<string, Alter>> = {
  'gcn-drop': dropEdges,
  'gcn-drop2': dropEdgesKeepingSum,
  'gcn-add': (graph, rate, keep) => addEdges(graph, rate, keep),
  'dsta-drop': dropEdges,
  'dsta-add': (graph, rate, keep) => addEdges(graph, rate, keep, 'mean'),
}

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'edges',
  async run(test, check) {
    const { function: name, dropout_graph = 0.1, add_graph = 0.05 } = test.config
    const graph = graphOf(test)
    const keep = test.values(test.inputs.keep)
    const rate = test.stream().uniform(0, name.endsWith('-add') ? add_graph : dropout_graph)
    const output = await runTransform(
      { A: f32(...graph.shape), rate: f32(1), keep: f32(...keep.shape) },
      { A: Float32Array.from(graph.data), rate: Float32Array.of(rate), keep: Float32Array.from(keep.data) },
      (tensors) => functions[name](tensors.A, tensors.rate, tensors.keep),
    )
    check.close(['output'], output, { relative: test.tolerance?.relative ?? 1e-5 })
  },
}

function graphOf(test: GoldenTest): Values {
  if (test.inputs.A !== undefined) return test.values(test.inputs.A)
  const { layout = 'ntu-rgb+d', strategy = 'spatial' } = test.config
  return stgcnAdjacency(layoutByName(layout), { strategy })
}
