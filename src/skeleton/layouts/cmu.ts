import { layoutFromNames } from '../named-layout.ts'
import { onBothSides, sided } from './side-bones.ts'

const middle = ['base of spine', 'lower back', 'middle of spine', 'spine at shoulders', 'lower neck', 'neck', 'head']
const leg = ['hip', 'knee', 'ankle', 'foot', 'toes']
const arm = ['shoulder', 'elbow', 'wrist', 'hand base', 'hand', 'hand tip', 'thumb']

/**
 * The root and the ends of the 30 bones of a CMU motion capture skeleton, in the order of its ASF files: `left knee` is
 * where the bone `lfemur` ends.
 */
export const cmu = layoutFromNames({
  name: 'cmu',
  source: 'CMU Graphics Lab Motion Capture Database, ASF and AMC files',
  dimensions: 3,
  unit: 'relative',
  joints: [
    ...['base of spine', ...sided('left', ...leg), ...sided('right', ...leg), ...middle.slice(1)],
    ...[...sided('left', ...arm), ...sided('right', ...arm)],
  ],
  bones: {
    ...Object.fromEntries(middle.slice(1).map((joint, i) => [joint, middle[i]])),
    ...onBothSides(
      {
        ...{ hip: 'base of spine', knee: 'hip', ankle: 'knee', foot: 'ankle', toes: 'foot' },
        ...{ shoulder: 'spine at shoulders', elbow: 'shoulder', wrist: 'elbow', 'hand base': 'wrist' },
        ...{ hand: 'hand base', 'hand tip': 'hand', thumb: 'hand base' },
      },
      middle,
    ),
  },
  centre: 'spine at shoulders',
  tips: ['left', 'right'].flatMap((side) => ['hand tip', 'thumb', 'toes'].map((end) => `${side} ${end}`)),
  axes: {
    origin: 'middle of spine',
    up: ['base of spine', 'lower back'],
    across: ['right shoulder', 'left shoulder'],
  },
})

const legBones = ['hipjoint', 'femur', 'tibia', 'foot', 'toes']
const armBones = ['clavicle', 'humerus', 'radius', 'wrist', 'hand', 'fingers', 'thumb']

/** For every joint the bone of the ASF file that ends there. */
export const cmuBones: readonly string[] = [
  ...['root', ...legBones.map((bone) => `l${bone}`), ...legBones.map((bone) => `r${bone}`)],
  ...['lowerback', 'upperback', 'thorax', 'lowerneck', 'upperneck', 'head'],
  ...[...armBones.map((bone) => `l${bone}`), ...armBones.map((bone) => `r${bone}`)],
]
