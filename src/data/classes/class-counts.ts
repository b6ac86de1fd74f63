import type { Dataset } from '../dataset.ts'

/** Clips per class among those of the indices. */
export function countsOf(
  { classes, entries }: Pick<Dataset, 'classes' | 'entries'>,
  indices: Iterable<number>,
): number[] {
  const counts = new Array<number>(classes.length).fill(0)
  for (const index of indices) counts[entries[index].label]++
  return counts
}
