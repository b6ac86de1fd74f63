import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'

/**
 * How often a clip of each class appears in one re-balanced pass (BRL, "re-balanced sampling"): the classes of the tail,
 * those from 2 * floor(C / 3) on, are brought up to the size of the largest class, all others appear once.
 *
 * @param counts clips by class, class 0 the most
 * @param largest clips of the largest class before its count was rounded down
 * @throws OssatureError when a class of the tail has no clips
 */
export function classMultipliers(counts: readonly number[], largest: number): number[] {
  const tail = 2 * Math.floor(counts.length / 3)
  return counts.map((count, label) => {
    if (label < tail) return 1
    if (count >= 1) return largest / count
    throw new OssatureError('a class without clips cannot be re-balanced', { where: `class ${label}` })
  })
}

export interface RebalancedSampling {
  /** How often a clip of each class appears, see `classMultipliers`. */
  readonly multipliers: readonly number[]
  /** Repetitions of the whole set within one epoch, 1 by default. */
  readonly times?: number
  /** Whether the epoch is shuffled at the end, true by default. */
  readonly shuffle?: boolean
}

/**
 * The clip indices of one re-balanced epoch. For each class, in the order in which they first appear: all its clips
 * floor(m) times, then floor((m mod 1) * count) distinct ones at random, with m the multiplier times `times`. A
 * permutation is drawn for every class, also where nothing is added.
 *
 * @param labels class index of every clip
 * @throws OssatureError when a label has no multiplier
 */
export function rebalancedEpoch(
  labels: ArrayLike<number>,
  { multipliers, times = 1, shuffle = true }: RebalancedSampling,
  stream: RandomStream,
): number[] {
  const indices: number[] = []
  for (const [label, own] of indicesByClass(labels)) {
    if (multipliers[label] === undefined)
      throw new OssatureError('a class has no multiplier', {
        where: `class ${label}`,
        expected: `a class index from 0 to ${multipliers.length - 1}`,
      })
    const multiplier = multipliers[label] * times
    for (let round = 0; round < Math.floor(multiplier); round++) for (const index of own) indices.push(index)
    const extra = Math.floor((multiplier % 1) * own.length)
    const order = stream.shuffle(own.map((_, position) => position))
    for (const position of order.slice(0, extra)) indices.push(own[position])
  }
  return shuffle ? stream.shuffle(indices) : indices
}

/**
 * The epoch of a sampler that does not re-balance: positions 0 to times * count - 1 in the set repeated end to end; the
 * clip at a position is the remainder by `count`.
 */
export function plainEpoch(
  count: number,
  { times = 1, shuffle = true }: Omit<RebalancedSampling, 'multipliers'>,
  stream: RandomStream,
): number[] {
  const positions = Array.from({ length: times * count }, (_, position) => position)
  return shuffle ? stream.shuffle(positions) : positions
}

function indicesByClass(labels: ArrayLike<number>): Map<number, number[]> {
  const byClass = new Map<number, number[]>()
  for (let i = 0; i < labels.length; i++) {
    const own = byClass.get(labels[i])
    if (own) own.push(i)
    else byClass.set(labels[i], [i])
  }
  return byClass
}

/** The part of an epoch for one of several processes: every `replicas`-th index, after the list was padded from its start to a multiple. */
export function shareOf(indices: readonly number[], replicas: number, rank: number): number[] {
  const size = shareLength(indices.length, replicas)
  return Array.from({ length: size }, (_, i) => indices[(i * replicas + rank) % indices.length])
}

/** Indices that each of several processes gets from a list of that length. */
export function shareLength(length: number, replicas: number): number {
  return Math.ceil(length / replicas)
}
