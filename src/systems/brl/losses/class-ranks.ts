/** Classes from the most to the fewest training clips; equal ones stay in class order. */
function classesByCount(counts: readonly number[]): number[] {
  return counts.map((_, label) => label).sort((a, b) => counts[b] - counts[a])
}

/**
 * Values by class, exchanged between the most and the least frequent class, the second and the second last, and so on.
 * The released code reverses the class order, which is the same where the classes are sorted by count.
 */
export function exchangedByRank(values: readonly number[], counts: readonly number[], asReleased: boolean): number[] {
  if (asReleased) return [...values].reverse()
  const ranked = classesByCount(counts)
  const exchanged = new Array<number>(values.length)
  ranked.forEach((label, rank) => {
    exchanged[label] = values[ranked[ranked.length - 1 - rank]]
  })
  return exchanged
}

/**
 * Whether each class belongs to the tail: it has fewer clips than the class with which the last third begins. That class
 * is found by rank; the released code takes the classes as sorted by count.
 */
export function tailClasses(counts: readonly number[], asReleased: boolean): boolean[] {
  const position = 2 * Math.floor(counts.length / 3)
  const limit = counts[asReleased ? position : classesByCount(counts)[position]]
  return counts.map((count) => count < limit)
}
