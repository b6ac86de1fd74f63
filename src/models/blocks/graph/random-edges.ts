import {
  add,
  cast,
  divide,
  equal,
  greaterOrEqual,
  mean,
  multiply,
  type Operand,
  stopGradient,
  subtract,
  sum,
  type Tensor,
} from '../../../tensor/index.ts'

/** What becomes of a graph before the joints are mixed along it, in every layer anew. */
export type AlterGraph = (graph: Tensor) => Tensor

/**
 * A graph with each entry dropped with a probability, the others scaled by 1 / (1 - rate), as by dropout (HiCLR, arXiv
 * 2211.13466, "drop edges").
 * @param rate the probability, one number
 * @param draws uniform in [0, 1), of the graph's shape; an entry stays where they are not below the rate
 */
export function dropEdges(graph: Tensor, rate: Operand, draws: Tensor): Tensor {
  return multiply(graph, divide(chosen(draws, rate), subtract(1, rate)))
}

/** `dropEdges`, rescaled so that the sum over the whole graph stays what it was. */
export function dropEdgesKeepingSum(graph: Tensor, rate: Operand, draws: Tensor): Tensor {
  const dropped = dropEdges(graph, rate, draws)
  return multiply(dropped, divide(sum(graph), sum(dropped)))
}

/**
 * A graph (K, V, V) or attention maps (N, K, V, V) with entries put in, with a probability, where there is none, and
 * rescaled so that the sum over all of it stays what it was (HiCLR, "add edges").
 * @param draws uniform in [0, 1), of the graph's shape; an entry is put in where they reach 1 - rate
 * @param value of the new entries: 1, or the mean of all entries, through which no gradient flows
 */
export function addEdges(graph: Tensor, rate: Operand, draws: Tensor, value: 'one' | 'mean' = 'one'): Tensor {
  const absent = cast(equal(graph, 0), 'f32')
  const places = multiply(chosen(draws, subtract(1, rate)), absent)
  const added = value === 'one' ? places : multiply(places, stopGradient(mean(graph)))
  const total = sum(graph)
  return multiply(add(graph, added), divide(total, add(total, sum(added))))
}

/** 1 where a draw is not below the threshold, else 0. */
function chosen(draws: Tensor, threshold: Operand): Tensor {
  return cast(greaterOrEqual(draws, threshold), 'f32')
}
