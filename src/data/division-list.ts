import type { Division } from './divide-by-list.ts'
import type { ListFile } from './list-file.ts'

/** The names of a division's clips, and what they come from. */
export function listOfDivision(
  { dataset, train, test, crossSubject, classGroup }: Division,
  origin: Pick<ListFile, 'protocol' | 'seed' | 'cut'>,
): ListFile {
  const idsOf = (part: readonly number[]) => part.map((index) => dataset.entries[index].id)
  return {
    dataset: dataset.name,
    ...origin,
    ...(classGroup !== undefined && { classes: classGroup }),
    ...(crossSubject && { crossSubject }),
    train: idsOf(train),
    test: idsOf(test),
  }
}
