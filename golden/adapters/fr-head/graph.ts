import { graphAdjacency } from '../../../src/skeleton/graph.ts'
import type { Layout } from '../../../src/skeleton/layout.ts'
import { ntuRgbD, nwUcla } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter } from '../../adapter.ts'
import { transformTolerance } from '../../inputs/poses.ts'

const LAYOUTS: Readonly<Record<string, Layout>> = { ntu: ntuRgbD, ucla: nwUcla }

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'graph',
  run(test, check) {
    const { layout, labeling_mode: mode = 'spatial' } = test.config
    check.close(['A'], graphAdjacency(LAYOUTS[layout], { mode }), transformTolerance(test, 'float64'))
  },
}
