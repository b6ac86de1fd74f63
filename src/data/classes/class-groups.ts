import { OssatureError } from '../../errors.ts'
import type { Dataset } from '../dataset.ts'
import { NTU_CLASSES } from '../readers/ntu/classes.ts'
import { MSR_ACTION3D_CLASSES } from '../readers/published/msr-action3d.ts'
import { SHREC17_CLASSES, SHREC17_GESTURES } from '../readers/published/shrec17.ts'
import { UI_PRMD_CLASSES, UI_PRMD_EXECUTIONS, UI_PRMD_EXERCISES } from '../readers/published/ui-prmd.ts'
import type { Split } from '../splits/split.ts'
import { mutualLabel } from './ntu-mutual-actions.ts'
import { unnamedClass } from './unnamed-classes.ts'

/** Other classes of a data set: coarser ones, or some of its own. */
export interface Regrouping {
  readonly classes: readonly string[]
  /** The new label of an old one; undefined leaves the clips of the class out. */
  readonly label: (label: number) => number | undefined
}

/** Other classes that a data set is used with. */
export interface ClassGroups extends Regrouping {
  readonly description: string
  /** The classes that are regrouped, as the reader gives them. */
  readonly from: readonly string[]
}

/** Li, Zhang, Liu 2010, numbers from 1. */
const MSR_ACTION_SETS = [
  [2, 3, 5, 6, 10, 13, 18, 20],
  [1, 4, 7, 8, 9, 11, 12, 14],
  [6, 14, 15, 16, 17, 18, 19, 20],
]

/** The groups by name; several of one name are for data sets with different classes. */
export const CLASS_GROUPS: Readonly<Record<string, readonly ClassGroups[]>> = {
  'ntu-mutual': [60, 120].map(mutualActions),
  'shrec17-14': [
    {
      description: "SHREC'17: the 14 gestures, with one finger or the whole hand",
      from: SHREC17_CLASSES,
      classes: SHREC17_GESTURES,
      label: (label) => label >> 1,
    },
  ],
  'ui-prmd-exercises': [
    {
      description: 'UI-PRMD: the 10 exercises, done correctly or not',
      from: UI_PRMD_CLASSES,
      classes: UI_PRMD_EXERCISES,
      label: (label) => label >> 1,
    },
  ],
  'ui-prmd-correctness': [
    {
      description: 'UI-PRMD: correct or incorrect, whichever the exercise',
      from: UI_PRMD_CLASSES,
      classes: UI_PRMD_EXECUTIONS,
      label: (label) => label & 1,
    },
  ],
  ...Object.fromEntries(MSR_ACTION_SETS.map((numbers, i) => [`msr-action3d-as${i + 1}`, [actionSet(i + 1, numbers)]])),
}

/** "NTU-Inter", Shahroudy et al. 2016 and Liu et al. 2019. @param count of classes, 60 or 120 */
function mutualActions(count: number): ClassGroups {
  const from = NTU_CLASSES.slice(0, count)
  const classes = from.filter((_, label) => mutualLabel(label) !== undefined)
  const description = `NTU RGB+D${count > 60 ? ' 120' : ''}: the ${classes.length} actions of two persons`
  return { description, from, classes, label: mutualLabel }
}

function actionSet(set: number, numbers: readonly number[]): ClassGroups {
  return {
    description: `MSR-Action3D: the 8 classes of action set ${set}`,
    from: MSR_ACTION3D_CLASSES,
    classes: numbers.map((number) => MSR_ACTION3D_CLASSES[number - 1]),
    label: (label) => {
      const index = numbers.indexOf(label + 1)
      return index < 0 ? undefined : index
    },
  }
}

/**
 * The data set with other classes.
 * @throws OssatureError for an unknown name or a data set with other classes than these were made for
 */
export function groupClasses(dataset: Dataset, name: string): Dataset {
  return regroup(dataset, classGroupsNamed(name, dataset))
}

/**
 * The groups of a name for the classes of a data set.
 * @throws OssatureError for an unknown name or a data set with other classes than these were made for
 */
export function classGroupsNamed(
  name: string,
  { name: where, classes }: Pick<Dataset, 'name' | 'classes'>,
): ClassGroups {
  if (!Object.hasOwn(CLASS_GROUPS, name)) {
    throw new OssatureError('there are no such classes', {
      expected: Object.keys(CLASS_GROUPS).join(', '),
      found: `'${name}'`,
    })
  }
  const groups = CLASS_GROUPS[name]
  const fitting = groups.find(({ from }) => areClasses(from, classes))
  if (fitting) return fitting
  throw new OssatureError(`the classes '${name}' are not for this data set`, {
    where,
    expected: groups.map(({ from }) => listed(from)).join('; or '),
    found: listed(classes),
    hint: 'Classes can also be chosen by their names, or by their numbers from 0.',
  })
}

/** The groups that are for the classes of a data set. */
export function classGroupsFor({ classes }: Pick<Dataset, 'classes'>): { name: string; description: string }[] {
  return Object.entries(CLASS_GROUPS).flatMap(([name, groups]) =>
    groups.filter(({ from }) => areClasses(from, classes)).map(({ description }) => ({ name, description })),
  )
}

/** Whether these are the classes, by name or, where they have none, by number. */
const areClasses = (from: readonly string[], classes: readonly string[]) =>
  from.length === classes.length && from.every((title, i) => [title, unnamedClass(i)].includes(classes[i]))

/** The data set with other classes; clips of none of them are left out. */
export function regroup(dataset: Dataset, { classes, label }: Regrouping): Dataset {
  const chosen = selectClips(dataset, clipsKept(dataset, { classes, label }))
  const relabelled = <C extends { label: number }>(clip: C): C => ({ ...clip, label: label(clip.label)! })
  return {
    ...chosen,
    classes,
    entries: chosen.entries.map(relabelled),
    clip: (index) => relabelled(chosen.clip(index)),
  }
}

/** Indices of the clips that `regroup` keeps. */
export function clipsKept({ entries }: Pick<Dataset, 'entries'>, { label }: Regrouping): number[] {
  return [...entries.keys()].filter((index) => label(entries[index].label) !== undefined)
}

/** The data set of some of the clips, in this order. */
export function selectClips(dataset: Dataset, indices: readonly number[]): Dataset {
  const splits = Object.entries(dataset.splits ?? {}).map(([name, split]): [string, Split] => [
    name,
    splitOfSelected(split, indices),
  ])
  return {
    ...dataset,
    entries: indices.map((index) => dataset.entries[index]),
    ...(dataset.splits && { splits: Object.fromEntries(splits) }),
    clip: (index) => dataset.clip(index in indices ? indices[index] : dataset.entries.length),
  }
}

/** A division as it stands among some of the clips, in this order. */
export function splitOfSelected({ train, test }: Split, indices: readonly number[]): Split {
  const places = new Map(indices.map((index, place) => [index, place]))
  const placed = (part: readonly number[]) => part.flatMap((index) => places.get(index) ?? [])
  return { train: placed(train), test: placed(test) }
}

function listed(names: readonly string[]): string {
  return `${names.length} classes, ${names.slice(0, 3).join(', ')}, ...`
}
