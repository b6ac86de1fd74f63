import { RandomState, type TracedGraph } from '../../src/tensor/index.ts'
import { nodesOf } from '../../src/tensor/passes/rewrite.ts'

/** Paths of the modules that drop by a mask, in the order of the graph. */
export function droppingScopes({ outputs }: TracedGraph): string[] {
  const nodes = [...nodesOf(outputs.map(({ tensor }) => tensor))].sort((a, b) => a.id - b.id)
  return nodes.filter(({ operator }) => operator === 'Less').map(({ scope }) => scope)
}

/** Whether a graph draws random numbers. */
export function draws({ state }: TracedGraph): boolean {
  return state.some(({ variable }) => variable instanceof RandomState)
}
