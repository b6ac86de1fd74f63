import type { Dataset } from '../dataset.ts'
import { PROTOCOLS, type Protocol } from './protocols.ts'

const MOST_FOLDS = 5
const CLIP_FOLDS = 'folds:clip:'

/**
 * A name of a division (see `divideByName`) to begin with: the first that came with the data, the first that was
 * published for them, folds of whole performers where those are known, else folds of single clips.
 */
export function suggestedProtocol({
  name,
  splits = {},
  entries,
}: Pick<Dataset, 'name' | 'splits' | 'entries'>): string {
  const [own] = Object.keys(splits)
  if (own !== undefined) return own
  const published = (Object.entries(PROTOCOLS) as [string, Protocol][]).find(
    ([protocol, { fields }]) =>
      (protocol === name || protocol.startsWith(`${name}-`)) &&
      fields.every((field) => entries.every(({ meta }) => meta[field] !== undefined)),
  )
  if (published) return published[1].folds === undefined ? published[0] : `${published[0]}:1`
  return performerFolds(entries) ?? `${CLIP_FOLDS}1/${MOST_FOLDS}`
}

/** The first of five folds of whole performers, or of as many as there are; none where they are not all known. */
export function performerFolds(entries: Dataset['entries']): string | undefined {
  const performers = new Set(entries.map(({ meta }) => meta.performer))
  const known = performers.size > 1 && !performers.has(undefined)
  return known ? `folds:performer:1/${Math.min(MOST_FOLDS, performers.size)}` : undefined
}

/** Whether a division of this name deals single clips to its parts, whoever performs them. */
export function isDividedByClip(protocol: string): boolean {
  return protocol.startsWith(CLIP_FOLDS)
}
