import { z } from 'zod'
import { OssatureError } from '../../errors.ts'
import type { Dataset } from '../dataset.ts'
import type { Division } from '../splits/division.ts'
import { filledSplit } from '../splits/splits.ts'
import { CLASS_GROUPS, classGroupsNamed, clipsKept, type Regrouping, regroup, splitOfSelected } from './class-groups.ts'
import { classLabel } from './class-label.ts'

/**
 * Some classes of a data set: names, or numbers from 0. The first item may be a name of `CLASS_GROUPS`: what follows is
 * chosen among the classes of that group, all of them where nothing follows. A text is a list of one item.
 */
export type ClassChoice = string | readonly (string | number)[]

/** A choice as an option. */
export const classChoiceSchema = z.array(z.union([z.string().min(1), z.int().min(0)])).min(1)

type Classes = Pick<Dataset, 'name' | 'classes'>

/**
 * The data set of the clips of some classes. Classes keep their order, whatever that of the choice; labels count from 0.
 * @throws OssatureError for a class that the data set does not have or that is named twice, and as `groupClasses`
 */
export function chooseClasses(dataset: Dataset, choice: ClassChoice): Dataset {
  return regroup(dataset, chosen(dataset, choice).regrouping)
}

/**
 * A division without the clips of other classes; every clip stays in its part.
 * @throws OssatureError as `chooseClasses`, and when a part is then empty
 */
export function chooseClassesOf(division: Division, choice: ClassChoice): Division {
  const { dataset, train, test, classes: outer } = division
  const { regrouping, group, names } = chosen(dataset, choice)
  const split = splitOfSelected({ train, test }, clipsKept(dataset, regrouping))
  const within = group ?? groupNamed(outer)
  return {
    ...division,
    dataset: regroup(dataset, regrouping),
    ...filledSplit(split, 'the choice of classes', 'clips of them for training and for testing'),
    classes: within === undefined ? names : names.length > 0 ? [within, ...names] : within,
  }
}

/** What a choice does, and the choice by names: the group that it begins with, and classes. */
function chosen(dataset: Classes, choice: ClassChoice): { regrouping: Regrouping; group?: string; names: string[] } {
  const items = [choice].flat()
  const group = dataset.classes.includes(String(items[0])) ? undefined : groupNamed(choice)
  if (group === undefined) {
    const regrouping = namedClasses(dataset, items)
    return { regrouping, names: [...regrouping.classes] }
  }
  const outer = classGroupsNamed(group, dataset)
  const rest = items.slice(1)
  if (rest.length === 0) return { regrouping: outer, group, names: [] }
  const { classes, label } = namedClasses({ name: dataset.name, classes: outer.classes }, rest)
  const labelWithin = (old: number) => {
    const between = outer.label(old)
    return between === undefined ? undefined : label(between)
  }
  return { regrouping: { classes, label: labelWithin }, group, names: [...classes] }
}

/** The group that a choice begins with. */
function groupNamed(choice: ClassChoice = []): string | undefined {
  const [first] = [choice].flat()
  return Object.hasOwn(CLASS_GROUPS, String(first)) ? String(first) : undefined
}

function namedClasses(dataset: Classes, wanted: readonly (string | number)[]): Regrouping {
  if (wanted.length === 0) throw new OssatureError('no classes are chosen', { where: dataset.name })
  const labels = wanted.map((item) => classLabel(dataset, item))
  const twice = labels.find((label, i) => labels.indexOf(label) !== i)
  if (twice !== undefined) {
    throw new OssatureError('a class is chosen twice', { where: dataset.name, found: `'${dataset.classes[twice]}'` })
  }
  const kept = [...labels].sort((a, b) => a - b)
  const places = new Map(kept.map((label, place) => [label, place]))
  return { classes: kept.map((label) => dataset.classes[label]), label: (label) => places.get(label) }
}
