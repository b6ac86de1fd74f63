import type { Clip } from '../../src/data/clip.ts'
import type { ClipEntry, Dataset } from '../../src/data/dataset.ts'
import type { Split } from '../../src/data/splits/splits.ts'

export interface Material {
  readonly dataset: Dataset
  readonly split?: Split
  readonly options?: Readonly<Record<string, unknown>>
}

/** Data that would ruin a training run, made from fit ones, and what the message must say. */
export const UNFIT: readonly (readonly [string, RegExp, (fit: { dataset: Dataset; split: Split }) => Material])[] = [
  [
    'a coordinate that is no number',
    /^synthetic: coordinates .* are not finite numbers.*\n.*found: +clip a01_\w+, person 0, frame 1, joint 2: coordinate NaN\n/,
    ({ dataset, split }) => ({ dataset: changedClip(dataset, 3, spoil), split }),
  ],
  [
    'a class without clips',
    /^synthetic: classes have no clips\n.*found: +juggle\n/,
    ({ dataset, split }) => ({ dataset: { ...dataset, classes: [...dataset.classes, 'juggle'] }, split }),
  ],
  [
    'a class without training clips',
    /^synthetic: classes have no training clips\n.*found: +\S.*\n/,
    ({ dataset, split: { train, test } }) => ({
      dataset,
      split: { train: train.filter((index) => dataset.entries[index].label !== 2), test },
    }),
  ],
  [
    'a cut that leaves a class without training clips',
    /the long-tailed cut leaves a class without training clips\n.*at imbalance 100/,
    (fit) => ({ ...fit, options: { imbalance: 100, largest: 4 } }),
  ],
  [
    'a clip that trains and tests',
    /clips are in both parts, or twice in one\n.*found: +clip a\w+: in both parts\n/,
    ({ dataset, split: { train, test } }) => ({ dataset, split: { train: [...train, test[0]], test } }),
  ],
  [
    'a label that no class has',
    /labels do not name one of the 4 classes\n.*0 to 3\n.*found: +clip a\w+: label 4\n/,
    ({ dataset, split }) => ({ dataset: changedEntry(dataset, 5, { label: 4 }), split }),
  ],
  [
    'clips that nobody has divided',
    /there is no known way to divide this data set\n.*protocol=NAME/,
    ({ dataset }) => ({ dataset }),
  ],
  [
    'a protocol of other data',
    /protocol ntu-cross-setup does not say where the clip belongs/,
    ({ dataset }) => ({ dataset, options: { protocol: 'ntu-cross-setup' } }),
  ],
  [
    'a layout that nobody knows',
    /unknown skeleton layout\n.*\n.*found: +octopus/,
    ({ dataset, split }) => ({ dataset: { ...dataset, layout: 'octopus' }, split }),
  ],
  [
    'clips of three persons in three dimensions',
    /clips of more than two persons cannot be turned upright\n.*\n.*found: +3/,
    ({ dataset, split }) => ({
      dataset: changedEntry({ ...dataset, layout: 'nturgb+d', joints: 25 }, 5, { persons: 3 }),
      split,
    }),
  ],
  [
    'a layout with other joints',
    /the clips do not fit their skeleton layout\n.*25 joints.*nturgb\+d.*\n.*found: +20 joints/,
    ({ dataset, split }) => ({ dataset: { ...dataset, layout: 'nturgb+d' }, split }),
  ],
]

function changedClip(dataset: Dataset, changed: number, change: (clip: Clip) => void): Dataset {
  return {
    ...dataset,
    clip(index) {
      const clip = dataset.clip(index)
      if (index === changed) change(clip)
      return clip
    },
  }
}

function changedEntry(dataset: Dataset, changed: number, change: Partial<ClipEntry>): Dataset {
  return {
    ...dataset,
    entries: dataset.entries.map((entry, index) => (index === changed ? { ...entry, ...change } : entry)),
  }
}

/** Joint 2 of frame 1 (the clips have 20 joints of 3 coordinates). */
function spoil({ points }: Clip): void {
  points.data[(20 + 2) * 3 + 1] = Number.NaN
}
