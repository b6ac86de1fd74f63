import type { Module } from '../../src/nn/index.ts'
import type { Adapter } from '../adapter.ts'
import { checkParameterNames } from './network-checks.ts'

/** The adapter of a system's fixtures that count the parameters of its networks, and name them. */
export function parameterCountAdapter(
  system: string,
  network: (config: Parameters<Adapter['run']>[0]['config']) => Pick<Module, 'parameters'>,
): Adapter {
  return {
    system,
    kind: 'parameter-count',
    run(test, check) {
      const parameters = network(test.config).parameters()
      checkParameterNames(check, test, parameters)
      check.equal(
        ['count'],
        parameters.reduce((count, { values }) => count + values.length, 0),
      )
    },
  }
}
