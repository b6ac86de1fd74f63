import { type GraphMode, graphAdjacency } from '../../../src/skeleton/graph.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter } from '../../adapter.ts'
import { transformTolerance } from '../../poses.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'graph',
  run(test, check) {
    const { layout, labeling_mode: mode } = test.config
    const graph = graphAdjacency(layoutByName(layout), { mode: mode as GraphMode })
    check.close(['A'], graph, transformTolerance(test, 'float64'))
  },
}
