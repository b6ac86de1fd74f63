/**
 * The valid names closest to a mistyped one, best first: small edit distance (letters inserted, removed, replaced or
 * two neighbours swapped), or one name containing the other.
 */
export function nearestNames(typed: string, valid: readonly string[], count = 3): string[] {
  const wanted = plain(typed)
  return valid
    .map((name) => ({ name, distance: distance(wanted, plain(name)) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(1, Math.ceil(wanted.length / 3)) || contains(wanted, plain(name)),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name)
}

/** Upper case, dashes and underscores do not make two names different. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '')
}

function contains(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a))
}

/** Optimal string alignment distance. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    before = above
    above = row
  }
  return above[b.length]
}
