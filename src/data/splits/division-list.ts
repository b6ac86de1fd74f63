import type { Division } from './division.ts'
import type { ListFile } from './list-file.ts'

/** The names of a division's clips, and what they come from. */
export function listOfDivision(
  { dataset, train, test, crossSubject, classes }: Division,
  origin: Pick<ListFile, 'protocol' | 'seed' | 'cut'>,
): ListFile {
  const idsOf = (part: readonly number[]) => part.map((index) => dataset.entries[index].id)
  return {
    dataset: dataset.name,
    ...origin,
    ...(classes !== undefined && { classes: typeof classes === 'string' ? classes : [...classes] }),
    ...(crossSubject && { crossSubject }),
    train: idsOf(train),
    test: idsOf(test),
  }
}
