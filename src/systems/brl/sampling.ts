import { classMultipliers, rebalancedEpoch } from '../../data/sampling/rebalanced-sampler.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { ClassificationProblem } from '../classification/problem.ts'

/**
 * The training clips of one re-balanced epoch. The tail is the last third of the classes by their training clips; where
 * the classes are sorted already, as in the published cuts, that is the last third of the labels.
 */
export function rebalancedIndices(
  { dataset, train, trainCounts, largest }: ClassificationProblem,
  times: number,
  random: RandomStream,
): number[] {
  const order = trainCounts.map((_, label) => label).sort((a, b) => trainCounts[b] - trainCounts[a] || a - b)
  const ofSorted = classMultipliers(
    order.map((label) => trainCounts[label]),
    largest,
  )
  const multipliers = new Array<number>(order.length)
  order.forEach((label, rank) => {
    multipliers[label] = ofSorted[rank]
  })
  const labels = train.map((index) => dataset.entries[index].label)
  return rebalancedEpoch(labels, { multipliers, times }, random).map((position) => train[position])
}
