import type { Adapter } from '../../adapter.ts'
import { checkParameterNames } from '../../network-checks.ts'
import { recognizerOf } from '../../pyskl-config.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'parameter-count',
  run(test, check) {
    const parameters = recognizerOf(test.config).parameters()
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

export default adapter
