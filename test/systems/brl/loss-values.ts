import type { RandomStream } from '../../../src/random/stream.ts'
import type { EpochLoss } from '../../../src/systems/brl/losses/epoch-loss.ts'
import type { Tensor } from '../../../src/tensor/index.ts'
import { type Fed, fed, runGraph } from '../../tensor/run-graph.ts'

/** Logits of six clips for five classes. */
export const logits: readonly (readonly number[])[] = [
  [1.5, -0.5, 0.25, 2, -1],
  [0, 0, 0, 0, 0],
  [-2, 3, 1, 0.5, 0],
  [0.75, 0.5, -1.25, 0, 2.5],
  [4, -3, 2, -6, 1],
  [0.1, 0.2, 0.3, 0.4, 12],
]
export const labels: readonly number[] = [0, 4, 1, 2, 3, 4]

export const logitsFed: Fed = fed([logits.length, logits[0].length], logits.flat())
export const labelsFed = (values: readonly number[]): Fed => ({ shape: [values.length], data: Int32Array.from(values) })

/** Cross entropy of every row, in double precision. */
export function crossEntropies(rows: readonly (readonly number[])[], y: readonly number[]): number[] {
  return rows.map((row, i) => {
    const largest = Math.max(...row)
    return largest - row[y[i]] + Math.log(row.reduce((sum, x) => sum + Math.exp(x - largest), 0))
  })
}

/** Mean by weights, by default equal ones. */
export function weightedAverage(values: readonly number[], weights: readonly number[] = values.map(() => 1)): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return values.reduce((sum, value, i) => sum + value * weights[i], 0) / total
}

/** What an epoch feeds to a step over the six clips. */
export function fedInputs(loss: EpochLoss, epoch: number, random: RandomStream): Record<string, Fed> {
  const types = loss.inputs(labels.length)
  const feeds = loss.feeds(epoch, labels.length, random)
  return Object.fromEntries(Object.entries(types).map(([name, { shape }]) => [name, { shape, data: feeds[name] }]))
}

/** The loss of the six clips in an epoch. */
export async function lossOf(loss: EpochLoss, epoch: number, random: RandomStream): Promise<number> {
  const inputs = { logits: logitsFed, label: labelsFed(labels), ...fedInputs(loss, epoch, random) }
  const { value } = await runGraph(inputs, (t) => ({ value: loss.loss(t.logits, t.label, t) }))
  return value[0]
}

/** The values of a tensor that is computed from a vector. */
export async function perClip(values: readonly number[], body: (x: Tensor) => Tensor): Promise<number[]> {
  const { result } = await runGraph({ x: fed([values.length], values) }, ({ x }) => ({ result: body(x) }))
  return result
}
