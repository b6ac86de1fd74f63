import { stgcnAdjacency } from '../../../src/skeleton/graph.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter } from '../../adapter.ts'
import { transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'graph',
  run(test, check) {
    const { layout = 'ntu-rgb+d', strategy = 'spatial', max_hop: maxHop, dilation } = test.config
    const graph = stgcnAdjacency(layoutByName(layout), { strategy, maxHop, dilation })
    const [subsets, V] = graph.shape
    const sums = Array.from({ length: subsets }, (_, k) =>
      graph.data.subarray(k * V * V, (k + 1) * V * V).reduce((sum, value) => sum + value, 0),
    )
    const closeness = transformTolerance(test, 'float64')
    check.close(['A'], graph, closeness)
    if (check.has(['subset_sums'])) check.close(['subset_sums'], sums, closeness)
  },
}
