import { Buffer, fillFrom, Parameter } from '../../../nn/index.ts'
import type { Adjacency } from '../../../skeleton/graph.ts'
import { constant, read, type Tensor } from '../../../tensor/index.ts'

/** PYSKL's form of a network or that of its authors. Weights of one do not fit the other. */
export type NetworkForm = 'pyskl' | 'original'

/** A unit's own graph: `A` in PYSKL. The authors call a trained one `PA`, and a fixed one is no part of the state. */
export interface UnitGraph {
  readonly A?: Parameter | Buffer
  readonly PA?: Parameter
}

/** A graph that starts as `graph`, trained or fixed. */
export function unitGraph(graph: Adjacency, form: NetworkForm, trained: boolean): UnitGraph {
  if (trained) {
    const parameter = new Parameter(graph.shape, fillFrom(graph.data))
    return form === 'pyskl' ? { A: parameter } : { PA: parameter }
  }
  return form === 'pyskl' ? { A: new Buffer(Float32Array.from(graph.data), graph.shape) } : {}
}

/** The graph (K, V, V) that a unit computes with. */
export function readGraph(unit: UnitGraph, graph: Adjacency): Tensor {
  const variable = unit.A ?? unit.PA
  return variable ? read(variable) : fixedGraph(graph)
}

/** A graph (K, V, V) that is part of the computation, not of the state. */
export function fixedGraph(graph: Adjacency): Tensor {
  return constant(Float32Array.from(graph.data), graph.shape)
}
