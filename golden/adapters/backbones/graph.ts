import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import {
  type Adjacency,
  type GraphMode,
  type GraphOptions,
  graphAdjacency,
  graphModes,
  type PartitionStrategy,
  stgcnAdjacency,
} from '../../../src/skeleton/graph.ts'
import type { Layout } from '../../../src/skeleton/layout.ts'
import { layoutByName, ntuRgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter, GoldenTest } from '../../adapter.ts'
import { transformTolerance } from '../../inputs/poses.ts'
import { graphModules } from '../../networks/original-networks.ts'

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
  return graphAdjacency(named, { mode: mode as GraphMode, maxHop, ...randomOptions(test) })
}

/** Entries without a prior come from listed draws, or from NumPy's generator with a given seed. */
function randomOptions(test: GoldenTest): Omit<GraphOptions, 'mode'> {
  const { mode, seed, nx_node, num_filter, init_std, init_off } = test.config
  const options = { nodeMultiple: nx_node, numFilter: num_filter, initStd: init_std, initOff: init_off }
  if (mode !== 'random') return options
  return { ...options, stream: seed === undefined ? test.stream() : new LegacyGenerator(seed) }
}

/** The original authors write NTU RGB+D in several ways, with their own hand edges; some layouts have their module's name. */
function layoutOf(name: string, implementation: string): Layout {
  if (implementation === 'pyskl' || implementation === 'brl') return layoutByName(name)
  return name === 'nturgb+d' ? ntuRgbD : (graphModules[name] ?? layoutByName(name))
}
