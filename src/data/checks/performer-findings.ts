import type { Dataset } from '../dataset.ts'
import type { Split } from '../splits/split.ts'
import { isDividedByClip, performerFolds } from '../splits/suggest-protocol.ts'
import type { Finding } from './findings.ts'

type Known = Pick<Dataset, 'name' | 'entries' | 'performers'>

/** People in both parts: an error where the division promises that there are none. */
export function sharedPerformers(
  { name, entries, performers }: Known,
  { train, test }: Split,
  crossSubject: boolean,
): Finding {
  const performersIn = (part: readonly number[]) =>
    new Set(
      part.flatMap((index) => {
        const { performer, partner } = entries[index]?.meta ?? {}
        return [performer, partner].filter((person) => person !== undefined)
      }),
    )
  const trained = performersIn(train)
  const shared = [...performersIn(test)].filter((performer) => trained.has(performer)).sort((a, b) => a - b)
  return {
    severity: crossSubject ? 'error' : 'note',
    code: 'performer-in-both-parts',
    what: crossSubject
      ? 'Performers are in both parts of a cross-subject division.'
      : 'Performers are in both parts: the result says nothing about people who were never seen.',
    where:
      shared.length > 0
        ? [`${name}, performers ${shared.map((number) => performers?.[number] ?? number).join(', ')}`]
        : [],
    mend: crossSubject ? 'Check the numbers of the performers.' : peopleApart(entries),
  }
}

function peopleApart(entries: Known['entries']): string {
  const folds = performerFolds(entries)
  if (folds !== undefined) {
    return `For new people, divide by performer: \`--protocol ${folds}\`, of a run \`--set protocol=${folds}\`.`
  }
  const known = entries.every(({ meta }) => meta.performer !== undefined)
  return `For new people, ${known ? 'record others' : 'state the performer of every clip, and divide by performer'}.`
}

/** Single clips are divided, and not all say who performs them. @param protocol name of the division */
export function unknownPerformers({ name, entries }: Known, protocol = ''): Finding {
  const unknown = isDividedByClip(protocol) ? entries.filter(({ meta }) => meta.performer === undefined).length : 0
  return {
    severity: 'note',
    code: 'performers-unknown',
    what: 'Single clips are divided, and who performs them is not known: people may be in both parts.',
    where: unknown > 0 ? [`${name}, ${unknown} of ${entries.length} clips without performer`] : [],
    mend: 'Of recordings of your own the column performer of labels.csv tells it; then import again, and divide by performer.',
  }
}

/** The same as a sentence or two, where a division is chosen or used; nothing where performers are known. */
export function unknownPerformersNote(dataset: Known, protocol: string | undefined): string[] {
  const { what, where, mend } = unknownPerformers(dataset, protocol)
  return where.length > 0 ? [`${what} ${mend}`] : []
}
