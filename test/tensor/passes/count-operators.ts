import type { Pass } from '../../../src/runtime/cpu/passes.ts'
import type { Tensor } from '../../../src/tensor/index.ts'
import { nodesOf } from '../../../src/tensor/passes/rewrite.ts'

/** How many nodes of each operator the roots are computed from; constants and inputs are left out. */
export function countOperators(roots: readonly Tensor[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { operator } of nodesOf(roots)) {
    if (operator !== 'Constant' && operator !== 'Input') counts[operator] = (counts[operator] ?? 0) + 1
  }
  return counts
}

/** A pass that notes the operators before and after it. */
export function observed(pass: (roots: readonly Tensor[]) => Tensor[]) {
  const seen: { before: Record<string, number>; after: Record<string, number> } = { before: {}, after: {} }
  const watched: Pass = {
    name: 'observed',
    apply: (roots) => {
      seen.before = countOperators(roots)
      const result = pass(roots)
      seen.after = countOperators(result)
      return result
    },
  }
  return { watched, seen }
}
