import { OssatureError } from '../errors.ts'
import type { Dataset } from './dataset.ts'
import { MSR_ACTION3D_CLASSES } from './readers/msr-action3d.ts'
import { SHREC17_CLASSES, SHREC17_GESTURES } from './readers/shrec17.ts'
import { UI_PRMD_CLASSES, UI_PRMD_EXECUTIONS, UI_PRMD_EXERCISES } from './readers/ui-prmd.ts'
import type { Split } from './split.ts'

/** Other classes that a data set is used with: coarser ones, or some of its own. */
export interface ClassGroups {
  readonly description: string
  /** The classes that are regrouped, as the reader gives them. */
  readonly from: readonly string[]
  readonly classes: readonly string[]
  /** The new label of an old one; undefined leaves the clips of the class out. */
  readonly label: (label: number) => number | undefined
}

/** Li, Zhang, Liu 2010, numbers from 1. */
const MSR_ACTION_SETS = [
  [2, 3, 5, 6, 10, 13, 18, 20],
  [1, 4, 7, 8, 9, 11, 12, 14],
  [6, 14, 15, 16, 17, 18, 19, 20],
]

/** The groups by name. */
export const CLASS_GROUPS: Readonly<Record<string, ClassGroups>> = {
  'shrec17-14': {
    description: "SHREC'17: the 14 gestures, with one finger or the whole hand",
    from: SHREC17_CLASSES,
    classes: SHREC17_GESTURES,
    label: (label) => label >> 1,
  },
  'ui-prmd-exercises': {
    description: 'UI-PRMD: the 10 exercises, done correctly or not',
    from: UI_PRMD_CLASSES,
    classes: UI_PRMD_EXERCISES,
    label: (label) => label >> 1,
  },
  'ui-prmd-correctness': {
    description: 'UI-PRMD: correct or incorrect, whichever the exercise',
    from: UI_PRMD_CLASSES,
    classes: UI_PRMD_EXECUTIONS,
    label: (label) => label & 1,
  },
  ...Object.fromEntries(MSR_ACTION_SETS.map((numbers, i) => [`msr-action3d-as${i + 1}`, actionSet(i + 1, numbers)])),
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
  if (!Object.hasOwn(CLASS_GROUPS, name)) {
    throw new OssatureError('there are no such classes', {
      expected: Object.keys(CLASS_GROUPS).join(', '),
      found: `'${name}'`,
    })
  }
  const { from, classes, label } = CLASS_GROUPS[name]
  if (from.length !== dataset.classes.length || from.some((title, i) => title !== dataset.classes[i])) {
    throw new OssatureError(`the classes '${name}' are not for this data set`, {
      where: dataset.name,
      expected: listed(from),
      found: listed(dataset.classes),
    })
  }
  const kept = [...dataset.entries.keys()].filter((index) => label(dataset.entries[index].label) !== undefined)
  const chosen = selectClips(dataset, kept)
  const relabelled = <C extends { label: number }>(clip: C): C => ({ ...clip, label: label(clip.label)! })
  return {
    ...chosen,
    classes,
    entries: chosen.entries.map(relabelled),
    clip: (index) => relabelled(chosen.clip(index)),
  }
}

/** The data set of some of the clips, in this order. */
export function selectClips(dataset: Dataset, indices: readonly number[]): Dataset {
  const places = new Map(indices.map((index, place) => [index, place]))
  const placed = (part: readonly number[]) => part.flatMap((index) => places.get(index) ?? [])
  const splits = Object.entries(dataset.splits ?? {}).map(([name, { train, test }]): [string, Split] => [
    name,
    { train: placed(train), test: placed(test) },
  ])
  return {
    ...dataset,
    entries: indices.map((index) => dataset.entries[index]),
    ...(dataset.splits && { splits: Object.fromEntries(splits) }),
    clip: (index) => dataset.clip(index in indices ? indices[index] : dataset.entries.length),
  }
}

function listed(names: readonly string[]): string {
  return `${names.length} classes, ${names.slice(0, 3).join(', ')}, ...`
}
