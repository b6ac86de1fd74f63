import type { ClipMeta } from '../clip.ts'

/** A published division of a data set into training and test clips. */
export interface Protocol {
  /** One sentence for help texts. */
  readonly description: string
  /** What of a clip's origin decides; every clip must have it. */
  readonly fields: readonly (keyof ClipMeta)[]
  /** Number of folds, where there are several: `NAME:1` to `NAME:FOLDS`. */
  readonly folds?: number
  /** Where a clip of this origin belongs, undefined when the protocol does not say. @param fold from 1 */
  readonly part: (meta: Required<ClipMeta>, fold: number) => 'train' | 'test' | undefined
  /** Nobody may be in both parts: a check for leakage. */
  readonly crossSubject?: boolean
  /** Name of the classes that the protocol is about, see `CLASS_GROUPS`; without it all classes as they are. */
  readonly classes?: string
}

/** Shahroudy et al. 2016 (NTU RGB+D, subjects up to 40) and Liu et al. 2019 (NTU RGB+D 120, up to 106). */
const NTU_TRAINING_SUBJECTS = new Set([
  1, 2, 4, 5, 8, 9, 13, 14, 15, 16, 17, 18, 19, 25, 27, 28, 31, 34, 35, 38, 45, 46, 47, 49, 50, 52, 53, 54, 55, 56, 57,
  58, 59, 70, 74, 78, 80, 81, 82, 83, 84, 85, 86, 89, 91, 92, 93, 94, 95, 97, 98, 100, 103,
])

/** Training subjects of the ten random halves of Vemulapalli, Arrate, Chellappa (CVPR 2014), `tr_te_splits.mat`. */
const MSR_HALVES = [
  ...[
    [1, 2, 3, 5, 10],
    [2, 3, 4, 5, 10],
    [2, 3, 5, 6, 7],
    [2, 3, 5, 6, 8],
    [2, 3, 5, 6, 9],
  ],
  ...[
    [2, 3, 5, 6, 10],
    [2, 3, 5, 7, 8],
    [2, 3, 5, 7, 9],
    [2, 3, 5, 8, 10],
    [2, 3, 5, 9, 10],
  ],
]
const UTKINECT_HALVES = [
  ...[
    [2, 5, 7, 8, 9],
    [2, 3, 8, 9, 10],
    [2, 3, 6, 7, 8],
    [3, 5, 6, 8, 9],
    [2, 4, 5, 6, 10],
  ],
  ...[
    [3, 6, 7, 8, 9],
    [1, 2, 4, 6, 7],
    [2, 7, 8, 9, 10],
    [1, 3, 6, 9, 10],
    [1, 6, 8, 9, 10],
  ],
]

/** Pairs of performers that are tested, first and second as two digits (Yun et al. 2012). */
const SBU_FOLDS = [
  [12, 34, 52, 64],
  [23, 27, 35, 53],
  [13, 17, 71, 73],
  [21, 26, 32, 36],
  [42, 43, 46, 62, 63],
]

/** Subjects of the list of test clips (De Smedt et al. 2017). */
const SHREC_TEST_SUBJECTS = new Set([1, 5, 6, 17, 18, 23, 24, 28])

/** Phase 2, `cross_subject_v2.txt` (Liu et al. 2017). */
const PKU_MMD_2_TEST_SUBJECTS = new Set([2, 3, 7])

const between = (value: number, first: number, last: number) =>
  Number.isInteger(value) && value >= first && value <= last

/** Part by a rule for a number that must lie in a range. */
function divided(value: number, first: number, last: number, trained: (value: number) => boolean) {
  if (!between(value, first, last)) return undefined
  return trained(value) ? 'train' : 'test'
}

const MSR_SUBJECTS = {
  fields: ['performer'],
  part: ({ performer }: Required<ClipMeta>) => divided(performer, 1, 10, (subject) => subject % 2 === 1),
  crossSubject: true,
} as const

/** The protocols by name. */
export const PROTOCOLS = {
  'nw-ucla': {
    description: 'NW-UCLA: views 1 and 2 train, view 3 tests',
    fields: ['camera'],
    part: ({ camera }) => divided(camera, 1, 3, (view) => view !== 3),
  },
  'nw-ucla-cross-view': {
    description: 'NW-UCLA, three folds: view 1, 2 or 3 tests, the others train',
    fields: ['camera'],
    folds: 3,
    part: ({ camera }, fold) => divided(camera, 1, 3, (view) => view !== fold),
  },
  'ntu-cross-subject': {
    description: 'NTU RGB+D 60 and 120, X-Sub: 20 of 40 or 53 of 106 performers train',
    fields: ['performer'],
    part: ({ performer }) => divided(performer, 1, 106, (subject) => NTU_TRAINING_SUBJECTS.has(subject)),
    crossSubject: true,
  },
  'ntu-cross-view': {
    description: 'NTU RGB+D 60, X-View: cameras 2 and 3 train, camera 1 tests',
    fields: ['camera'],
    part: ({ camera }) => divided(camera, 1, 3, (view) => view !== 1),
  },
  'ntu-cross-setup': {
    description: 'NTU RGB+D 120, X-Set: even setups train, odd ones test',
    fields: ['setup'],
    part: ({ setup }) => divided(setup, 1, 32, (number) => number % 2 === 0),
  },
  'msr-action3d': {
    description: 'MSR-Action3D, all 20 classes: subjects 1, 3, 5, 7 and 9 train, the others test',
    ...MSR_SUBJECTS,
  },
  'msr-action3d-as1': {
    description: 'MSR-Action3D, the 8 classes of action set 1, cross-subject',
    classes: 'msr-action3d-as1',
    ...MSR_SUBJECTS,
  },
  'msr-action3d-as2': {
    description: 'MSR-Action3D, the 8 classes of action set 2, cross-subject',
    classes: 'msr-action3d-as2',
    ...MSR_SUBJECTS,
  },
  'msr-action3d-as3': {
    description: 'MSR-Action3D, the 8 classes of action set 3, cross-subject',
    classes: 'msr-action3d-as3',
    ...MSR_SUBJECTS,
  },
  'msr-action3d-halves': {
    description: 'MSR-Action3D, ten random halves of the subjects (Vemulapalli et al. 2014)',
    fields: ['performer'],
    folds: MSR_HALVES.length,
    part: ({ performer }, fold) => divided(performer, 1, 10, (subject) => MSR_HALVES[fold - 1].includes(subject)),
    crossSubject: true,
  },
  'utkinect-leave-one-out': {
    description: 'UTKinect-Action3D, 20 folds: one recording tests, the others train (Xia et al. 2012)',
    fields: ['performer', 'repetition'],
    folds: 20,
    part: ({ performer, repetition }, fold) => {
      if (!between(performer, 1, 10) || !between(repetition, 1, 2)) return undefined
      return 2 * (performer - 1) + repetition === fold ? 'test' : 'train'
    },
  },
  'utkinect-halves': {
    description: 'UTKinect-Action3D, ten halves of the subjects, 5 train and 5 test (Vemulapalli et al. 2014)',
    fields: ['performer'],
    folds: UTKINECT_HALVES.length,
    part: ({ performer }, fold) => divided(performer, 1, 10, (subject) => UTKINECT_HALVES[fold - 1].includes(subject)),
    crossSubject: true,
  },
  sbu: {
    description: 'SBU Kinect Interaction, 5 folds over the 21 pairs of performers (Yun et al. 2012)',
    fields: ['performer', 'partner'],
    folds: SBU_FOLDS.length,
    part: ({ performer, partner }, fold) => {
      const pair = 10 * performer + partner
      if (!SBU_FOLDS.flat().includes(pair)) return undefined
      return SBU_FOLDS[fold - 1].includes(pair) ? 'test' : 'train'
    },
  },
  shrec17: {
    description: "SHREC'17 hand gestures, 28 classes: 20 performers train, 8 test, as in the lists",
    fields: ['performer'],
    part: ({ performer }) => divided(performer, 1, 28, (subject) => !SHREC_TEST_SUBJECTS.has(subject)),
    crossSubject: true,
  },
  'shrec17-14': {
    description: "SHREC'17 hand gestures, 14 classes: 20 performers train, 8 test, as in the lists",
    fields: ['performer'],
    part: ({ performer }) => divided(performer, 1, 28, (subject) => !SHREC_TEST_SUBJECTS.has(subject)),
    crossSubject: true,
    classes: 'shrec17-14',
  },
  'pku-mmd-cross-view': {
    description: 'PKU-MMD: the middle and the right camera train, the left one tests',
    fields: ['camera'],
    part: ({ camera }) => divided(camera, 1, 3, (view) => view !== 1),
  },
  'pku-mmd-2-cross-subject': {
    description: 'PKU-MMD, phase 2: performers 2, 3 and 7 test, the other ten train',
    fields: ['performer'],
    part: ({ performer }) => divided(performer, 1, 13, (subject) => !PKU_MMD_2_TEST_SUBJECTS.has(subject)),
    crossSubject: true,
  },
} as const satisfies Record<string, Protocol>

export type ProtocolName = keyof typeof PROTOCOLS
