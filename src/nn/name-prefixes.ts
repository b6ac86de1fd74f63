/** Names that begin with `remove` begin with `add` instead; other names stay. Both end with a dot or are empty. */
export interface PrefixChange {
  readonly remove: string
  readonly add: string
}

const MOST_PARTS = 3
const MOST_PREFIXES = 24
const MOST_NAMES = 5000

/**
 * The change of prefix that gives most of `names` a name that is in `wanted`: data-parallel training writes `module.`
 * before every name, a backbone that was saved alone lacks `backbone.`, and so on. No change where none is better.
 */
export function prefixChange(names: readonly string[], wanted: ReadonlySet<string>): PrefixChange {
  const some = names.slice(0, MOST_NAMES)
  let best: PrefixChange = { remove: '', add: '' }
  let most = matches(some, best, wanted)
  if (most === Math.min(some.length, wanted.size)) return best
  for (const remove of prefixesOf(some)) {
    for (const add of prefixesOf([...wanted])) {
      const found = matches(some, { remove, add }, wanted)
      if (found > most) {
        best = { remove, add }
        most = found
      }
    }
  }
  return best
}

/** A name after the change. */
export function withPrefixChanged(name: string, { remove, add }: PrefixChange): string {
  return name.startsWith(remove) ? add + name.slice(remove.length) : name
}

function matches(names: readonly string[], change: PrefixChange, wanted: ReadonlySet<string>): number {
  return new Set(names.map((name) => withPrefixChanged(name, change)).filter((name) => wanted.has(name))).size
}

/** Beginnings of names up to a dot, the shortest first. */
function prefixesOf(names: readonly string[]): string[] {
  const prefixes = new Set<string>([''])
  for (let parts = 1; parts <= MOST_PARTS; parts++) {
    for (const name of names) {
      const pieces = name.split('.', parts + 1)
      if (pieces.length > parts && prefixes.size < MOST_PREFIXES) prefixes.add(`${pieces.slice(0, parts).join('.')}.`)
    }
  }
  return [...prefixes]
}
