import type { Adapter } from '../../adapter.ts'
import { checkParameterNames } from '../../network-checks.ts'
import { encoderOf } from '../../smi-encoders.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'parameter-count',
  run(test, check) {
    const parameters = encoderOf(test.config).parameters()
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
