import type { Adapter } from '../../adapter.ts'
import { checkParameterNames } from '../../network-checks.ts'
import { skateFormerOf } from '../../skateformer-network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'parameter-count',
  run(test, check) {
    const parameters = skateFormerOf(test.config).parameters()
    checkParameterNames(
      check,
      test,
      parameters.map(({ name, shape }) => [name, shape] as const),
    )
    check.equal(
      ['count'],
      parameters.reduce((count, { values }) => count + values.length, 0),
    )
  },
}
