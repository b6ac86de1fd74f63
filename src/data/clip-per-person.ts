import { takePersons } from '../skeleton/persons.ts'
import type { Clip } from './clip.ts'
import { checkedIndex, type Dataset } from './dataset.ts'

/** A data set whose clips have one person each. */
export interface PersonsApart {
  readonly dataset: Dataset
  /** For each clip of the recorded data set the indices of the clips of its persons. */
  readonly clipsOf: readonly (readonly number[])[]
}

/**
 * Each person of a clip as a clip of its own with the label of the clip, called `ID/1`, `ID/2`, ... in the order of the
 * data; persons who are never there are left out. Clips of several persons are read once.
 */
export function clipPerPerson(dataset: Dataset): PersonsApart {
  const places = dataset.entries.map((entry, index) => (entry.persons === 1 ? [0] : personsThere(dataset.clip(index))))
  let next = 0
  const clipsOf = places.map((persons) => persons.map(() => next++))
  const all = places.flatMap((persons, index) => persons.map((person) => ({ index, person })))
  const idOf = (id: string, index: number, person: number) =>
    dataset.entries[index].persons === 1 ? id : `${id}/${person + 1}`
  return {
    clipsOf,
    dataset: {
      ...dataset,
      splits: undefined,
      entries: all.map(({ index, person }) => {
        const entry = dataset.entries[index]
        return { ...entry, id: idOf(entry.id, index, person), persons: 1 }
      }),
      clip(i) {
        const { index, person } = all[checkedIndex(dataset.name, i, all.length)]
        const { points, score, ...clip } = dataset.clip(index)
        return { ...clip, id: idOf(clip.id, index, person), ...takePersons({ points, score }, [person]) }
      },
    },
  }
}

/** The persons who are there in some frame; the first where there is nobody. */
function personsThere({ points }: Clip): number[] {
  const size = points.data.length / points.persons
  const there = Array.from({ length: points.persons }, (_, person) => person).filter((person) =>
    points.data.subarray(person * size, (person + 1) * size).some((value) => value !== 0),
  )
  return there.length > 0 ? there : [0]
}
