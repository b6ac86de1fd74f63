import { nearestNames } from '../data/nearest-names.ts'
import { shortLines } from '../errors.ts'
import { isMostlyInitial, type LoadedWeights, networkHint } from './initial-weights.ts'

const SHOWN = 4

/**
 * What became of the weights of a file, for people, as lines.
 * @param backbone the one that the options name, where they name one
 */
export function describeLoadedWeights(weights: LoadedWeights, backbone?: unknown): string[] {
  const { source, report, prefix } = weights
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
    ...(isMostlyInitial(weights) ? [`  ${MOSTLY_INITIAL} ${networkHint(source, backbone)}`] : []),
  ]
}

const MOSTLY_INITIAL = 'Most of the network is as initialised: is the file from another one?'

function list<T>(what: string, items: readonly T[], text: (item: T) => string): string[] {
  if (items.length === 0) return []
  const lines = shortLines(items.map(text), SHOWN)
  return [`  ${items.length} ${what}:`, ...lines.map((line) => `    ${line}`)]
}

function withNearest(name: string, candidates: readonly string[]): string {
  const [nearest] = nearestNames(name, candidates.slice(0, 1000), 1)
  return nearest === undefined ? name : `${name} (the file has ${nearest})`
}
