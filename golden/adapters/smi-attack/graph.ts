import type { Adapter } from '../../adapter.ts'
import { transformTolerance } from '../../inputs/poses.ts'
import { encoderGraph } from '../../systems/smi-attack/encoders.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'graph',
  run(test, check) {
    check.close(['A'], encoderGraph(test.config), transformTolerance(test, 'float64'))
  },
}
