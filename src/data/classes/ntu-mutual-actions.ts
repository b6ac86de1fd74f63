/** Actions of two persons, 0-based labels: NTU RGB+D has the first range, NTU RGB+D 120 both. */
const RANGES = [
  [49, 59],
  [105, 119],
] as const

/**
 * The label among the mutual actions ("NTU-Inter", 11 of NTU RGB+D, 26 of NTU RGB+D 120) of a 0-based label; undefined
 * for an action of one person.
 */
export function mutualLabel(label: number): number | undefined {
  let before = 0
  for (const [first, last] of RANGES) {
    if (label >= first && label <= last) return before + label - first
    before += last - first + 1
  }
  return undefined
}
