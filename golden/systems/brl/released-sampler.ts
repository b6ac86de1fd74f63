import { classCounts, profileOfSplit } from '../../../src/data/sampling/long-tail.ts'
import {
  classMultipliers,
  plainEpoch,
  rebalancedEpoch,
  shareOf,
} from '../../../src/data/sampling/rebalanced-sampler.ts'
import type { RandomStream } from '../../../src/random/stream.ts'

/**
 * The sampler of the BRL release by its constructor's names: the indices of one replica, and the multipliers of the
 * classes, null for the plain sampler. A list's own size and imbalance do not count, but those of the split's name.
 */
export function releasedSampler(
  // biome-ignore lint/suspicious/noExplicitAny: constructor arguments of the authors' class
  config: any,
  labels: readonly number[],
  random: RandomStream,
): { indices: number[]; multipliers: number[] | null } {
  const { split, num_classes: classes, times = 1, replicas = 1, rank = 0, shuffle = true } = config
  const profile = profileOfSplit(split, classes)
  const multipliers = config.class_prob === null ? null : classMultipliers(classCounts(profile), profile.largest)
  const epoch = multipliers
    ? rebalancedEpoch(labels, { multipliers, times, shuffle }, random)
    : plainEpoch(labels.length, { times, shuffle }, random)
  return { indices: shareOf(epoch, replicas, rank), multipliers }
}

/** How many of the indices stand for clips of each class. */
export function countsPerClass(indices: readonly number[], labels: readonly number[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const index of indices) counts[labels[index % labels.length]]++
  return counts
}
