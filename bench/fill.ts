import { parameterValues, uniformValues } from '../golden/fixtures/fill.ts'
import { Parameter } from '../src/nn/index.ts'
import { type Shape, sizeOf, type Variable } from '../src/tensor/index.ts'

/** Fills parameters and running statistics by their names; other variables stay as built. */
export function fillByName(variables: Iterable<readonly [string, Variable]>): void {
  for (const [name, variable] of variables) {
    if (variable instanceof Parameter || name.includes('running_'))
      variable.values.set(parameterValues(name, variable.shape))
  }
}

/** The input of this name, values in [-1, 1). */
export function signal(name: string, shape: Shape): Float32Array {
  return Float32Array.from(uniformValues(name, sizeOf(shape)), (u) => 2 * u - 1)
}
