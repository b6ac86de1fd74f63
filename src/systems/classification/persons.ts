import type { Dataset } from '../../data/dataset.ts'
import { OssatureError } from '../../errors.ts'

/** Persons in the clip that has most. */
export function mostPersons({ entries }: Dataset): number {
  return entries.reduce((persons, entry) => Math.max(persons, entry.persons), 1)
}

/** Persons that a network sees: as many as the option says, else as many as the data set has, at most 2. */
export function personsSeen({ persons }: { readonly persons?: number }, dataset: Dataset): number {
  return persons ?? Math.min(2, mostPersons(dataset))
}

/** @throws OssatureError when a clip has more than two persons, for whom turning upright is not defined */
export function requireOneOrTwoPersons(dataset: Dataset): void {
  const most = mostPersons(dataset)
  if (most <= 2) return
  throw new OssatureError('clips of more than two persons cannot be turned upright', {
    where: dataset.name,
    expected: 'one or two persons in a clip',
    found: `${most}`,
  })
}
