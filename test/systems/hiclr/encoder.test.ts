import { describe, expect, it } from 'vitest'
import { partitionStrategies } from '../../../src/skeleton/graph.ts'
import { nwUcla } from '../../../src/skeleton/layouts/index.ts'
import { stGcnEncoder } from '../../../src/systems/hiclr/encoder.ts'

describe('the ST-GCN of HiCLR', () => {
  const head = { kind: 'classifier', classes: 5 } as const

  // One matrix; one per hop; one for hop 0 and two per further hop.
  const subsets = { uniform: () => 1, distance: (hops: number) => 1 + hops, spatial: (hops: number) => 1 + 2 * hops }

  it.each(partitionStrategies)('has a trained factor for every subset of the partition %s', (strategy) => {
    for (const maxHop of [1, 2]) {
      const encoder = stGcnEncoder({ layout: nwUcla, strategy, maxHop, hiddenChannels: 2, hiddenDim: 4 }, head)
      const factors = new Map(encoder.variables()).get('edge_importance10')
      expect(factors?.shape).toEqual([subsets[strategy](maxHop), 20, 20])
    }
  })
})
