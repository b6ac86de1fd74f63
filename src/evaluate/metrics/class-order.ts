/** Classes with more training clips than this have many. */
export const MANY_ABOVE = 100
/** Classes with fewer training clips than this have few. */
export const FEW_BELOW = 20

export type ShotGroup = 'many' | 'medium' | 'few'

/** A stretch of neighbouring positions in the class order that belong to one group. */
export interface GroupSpan {
  group: ShotGroup
  /** First position. */
  start: number
  /** Position after the last. */
  end: number
}

/** Class indices from the most to the fewest training clips; classes with equal counts stay in their order. */
export function orderByCount(trainCounts: readonly number[]): number[] {
  return trainCounts.map((_, index) => index).sort((a, b) => trainCounts[b] - trainCounts[a] || a - b)
}

/** The usual groups of long-tailed recognition: many > 100, medium 20 to 100, few < 20 training clips (Liu et al., OLTR, 2019). */
export function shotGroup(trainCount: number): ShotGroup {
  if (trainCount > MANY_ABOVE) return 'many'
  return trainCount < FEW_BELOW ? 'few' : 'medium'
}

/** How many classes have many, medium and few training clips. */
export function groupSizes(trainCounts: readonly number[]): [many: number, medium: number, few: number] {
  const size = (group: ShotGroup) => trainCounts.filter((count) => shotGroup(count) === group).length
  return [size('many'), size('medium'), size('few')]
}

/** The groups as stretches of a class order that is sorted by training count. */
export function groupSpans(order: readonly number[], trainCounts: readonly number[]): GroupSpan[] {
  const spans: GroupSpan[] = []
  for (const [position, index] of order.entries()) {
    const group = shotGroup(trainCounts[index])
    const last = spans.at(-1)
    if (last?.group === group) last.end = position + 1
    else spans.push({ group, start: position, end: position + 1 })
  }
  return spans
}
