import {
  type Adjacency,
  type GraphMode,
  graphAdjacency,
  graphModes,
  type PartitionStrategy,
  stgcnAdjacency,
} from '../../../src/skeleton/graph.ts'
import type { Layout } from '../../../src/skeleton/layout.ts'
import { layoutByName, ntuRgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter, GoldenTest } from '../../adapter.ts'
import { transformTolerance } from '../../poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'graph',
  run(test, check) {
    check.close(['A'], adjacencyOf(test), transformTolerance(test, 'float64'))
  },
}

function adjacencyOf(test: GoldenTest): Adjacency {
  const { implementation, layout, mode, max_hop: maxHop = 1, dilation = 1 } = test.config
  const named = layoutOf(layout, implementation)
  if (implementation === 'st-gcn') {
    return stgcnAdjacency(named, { strategy: mode as PartitionStrategy, maxHop, dilation })
  }
  if (!graphModes.includes(mode)) throw new Error(`no graph mode ${mode}`)
  const {
    nx_node: nodeMultiple,
    num_filter: numFilter,
    init_std: initStd,
    init_off: initOff,
  } = test.config as Record<string, number | undefined>
  const random = { nodeMultiple, numFilter, initStd, initOff, stream: mode === 'random' ? test.stream() : undefined }
  return graphAdjacency(named, { mode: mode as GraphMode, maxHop, ...random })
}

/** The original authors write NTU RGB+D in several ways, with their own hand edges. */
function layoutOf(name: string, implementation: string): Layout {
  const isOriginal = implementation !== 'pyskl' && implementation !== 'brl'
  return isOriginal && name === 'nturgb+d' ? ntuRgbD : layoutByName(name)
}
