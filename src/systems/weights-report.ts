import { nearestNames } from '../data/nearest-names.ts'
import { shortLines } from '../errors.ts'
import type { LoadedWeights } from './initial-weights.ts'

const SHOWN = 4

/** What became of the weights of a file, for people, as lines. */
export function describeLoadedWeights({ source, report, prefix }: LoadedWeights): string[] {
  const { loaded, missing, unexpected, misshaped } = report
  const all = loaded.length + missing.length + misshaped.length
  const { remove, add } = prefix
  return [
    `weights from ${source.file}: ${loaded.length} of ${all} tensors taken over`,
    ...(remove || add ? [`  names that begin with '${remove}' read as '${add}...'`] : []),
    ...list(
      'of another shape, left as initialised',
      misshaped,
      ({ name, expected, found }) => `${name} [${found.join(', ')}], not [${expected.join(', ')}]`,
    ),
    ...list('not in the file, left as initialised', missing, (name) => withNearest(name, unexpected)),
    ...list('in the file, not used', unexpected, (name) => name),
    ...(loaded.length < all / 2 ? [`  ${MOSTLY_OTHERS}`] : []),
  ]
}

const MOSTLY_OTHERS =
  'Most of the network is as initialised: is the file from another one? Choose its backbone and width with --set.'

function list<T>(what: string, items: readonly T[], text: (item: T) => string): string[] {
  if (items.length === 0) return []
  const lines = shortLines(items.map(text), SHOWN)
  return [`  ${items.length} ${what}:`, ...lines.map((line) => `    ${line}`)]
}

function withNearest(name: string, candidates: readonly string[]): string {
  const [nearest] = nearestNames(name, candidates.slice(0, 1000), 1)
  return nearest === undefined ? name : `${name} (the file has ${nearest})`
}
