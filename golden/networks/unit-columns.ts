import { evaluateRule } from '../fixtures/rules.ts'

/** A matrix filled by its name whose columns are then divided by their lengths, as queues of features are. */
export function unitColumns(name: string, shape: readonly number[]): Float32Array {
  // biome-ignore lint/suspicious/noThenProperty: a key of the input rules
  return Float32Array.from(evaluateRule({ parameter: name, shape, then: [{ unit: 0 }] }).data)
}
