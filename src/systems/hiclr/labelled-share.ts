import type { Dataset } from '../../data/dataset.ts'
import { chosenCounts } from '../../data/sampling/training-cuts.ts'
import type { RandomStream } from '../../random/stream.ts'
import { roundHalfEven } from '../../skeleton/precision.ts'

/** How many clips of each class keep their labels: the share of their number, rounded, halves to the even number. */
export function labelledCounts(counts: readonly number[], share: number): number[] {
  return counts.map((count) => roundHalfEven(share * count))
}

/** The training clips that keep their labels, in the order of `train`; of small classes there may be none. */
export function labelledShare(
  dataset: Pick<Dataset, 'name' | 'classes' | 'entries'>,
  train: readonly number[],
  share: number,
  stream: RandomStream,
): number[] {
  const counts = dataset.classes.map(
    (_, label) => train.filter((index) => dataset.entries[index].label === label).length,
  )
  return chosenCounts(dataset, train, labelledCounts(counts, share), stream)
}

/** An epoch of `length` samples from the labelled clips, over and over in their order: sample i is clip i mod their number. */
export function labelledEpoch(labelled: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, i) => labelled[i % labelled.length])
}
