import { simplify, type Tensor } from '../tensor/index.ts'

/** A rewrite of a graph that changes how its outputs are computed, not what they are. */
export interface Pass {
  readonly name: string
  readonly apply: (roots: readonly Tensor[]) => Tensor[]
}

/** What every device can run: the graph without what is needless. */
export const SIMPLIFY: Pass = { name: 'simplify', apply: (roots) => simplify(simplify(roots)) }
