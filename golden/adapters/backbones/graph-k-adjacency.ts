import { normalizeColumns } from '../../../src/skeleton/edge-matrix.ts'
import { symmetricEdges } from '../../../src/skeleton/graph.ts'
import { kAdjacency, windowGraph } from '../../../src/skeleton/k-adjacency.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter } from '../../adapter.ts'
import { transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'graph-k-adjacency',
  run(test, check) {
    const { layout, window = 1, scales, normalised = false, with_self: withSelf = true } = test.config
    const edges = symmetricEdges(layoutByName(layout))
    const graph = window > 1 ? windowGraph(edges, window) : edges
    check.equal(['size'], graph.size)
    scales.forEach((k: number, i: number) => {
      const matrix = kAdjacency(graph, k, withSelf)
      const { data, size } = normalised ? normalizeColumns(matrix) : matrix
      check.close(['scales', i], { data, shape: [size, size] }, transformTolerance(test, 'float64'))
    })
  },
}
