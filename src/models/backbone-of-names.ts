import { ntuRgbD } from '../skeleton/layouts/index.ts'
import { BACKBONE_NAMES, createBackbone } from './build.ts'

/** Share of a network's parameters that its weights name at least; variants of a network add or leave out some. */
const ENOUGH = 0.9

/**
 * The backbone (`BACKBONE_NAMES`) whose parameters have these names, whatever its width and what stands before all of
 * them; undefined where they are those of none.
 */
export function backboneOfNames(names: Iterable<string>): string | undefined {
  const given = new Set(names)
  let best: string | undefined
  let closest = 0
  for (const [candidate, wanted] of parameterNames()) {
    const found = Math.max(0, ...prefixes(given, wanted[0]).map((prefix) => countIn(given, wanted, prefix)))
    // Where one network has all names of another and more, the share of both tells them apart.
    const share = found / (wanted.length + given.size - found)
    if (found < ENOUGH * wanted.length || share <= closest) continue
    best = candidate
    closest = share
  }
  return best
}

let known: readonly (readonly [backbone: string, names: readonly string[]])[] | undefined

/** They depend neither on the width nor on the skeleton. */
function parameterNames(): NonNullable<typeof known> {
  const input = { layout: ntuRgbD, persons: 1, channels: 3 }
  known ??= BACKBONE_NAMES.map((backbone) => {
    const variables = [...createBackbone(backbone, input, { width: 8 }).variables()]
    return [backbone, variables.filter(([, { kind }]) => kind === 'parameter').map(([name]) => name)]
  })
  return known
}

/** What stands before a name where it ends a longer one. */
function prefixes(names: ReadonlySet<string>, name: string): readonly string[] {
  return [...names].filter((given) => `.${given}`.endsWith(`.${name}`)).map((given) => given.slice(0, -name.length))
}

function countIn(names: ReadonlySet<string>, wanted: readonly string[], prefix: string): number {
  return wanted.filter((name) => names.has(prefix + name)).length
}
