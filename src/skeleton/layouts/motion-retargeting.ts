import { layoutFromNames } from '../named-layout.ts'
import { onBothSides, sided } from './side-bones.ts'

const limbs = { elbow: 'shoulder', wrist: 'elbow', knee: 'hip', ankle: 'knee' }
const tips = ['left wrist', 'right wrist', 'left ankle', 'right ankle']
const arm = ['shoulder', 'elbow', 'wrist']
const leg = ['hip', 'knee', 'ankle']

/** The 15 joints of LAC's generator: Mixamo characters, projected into views. */
export const mixamo = layoutFromNames({
  name: 'mixamo',
  source: '2D-Motion-Retargeting and LAC, generator',
  dimensions: 2,
  unit: 'relative',
  joints: [
    ...['nose', 'neck', ...sided('right', ...arm), ...sided('left', ...arm)],
    ...['middle of hips', ...sided('right', ...leg), ...sided('left', ...leg)],
  ],
  bones: {
    nose: 'neck',
    'middle of hips': 'neck',
    ...onBothSides({ shoulder: 'neck', hip: 'middle of hips', ...limbs }, ['neck', 'middle of hips']),
  },
  centre: 'neck',
  tips,
})

/** The bones of Mixamo characters that start at those joints. */
export const mixamoBones: readonly string[] = [
  ...['Head', 'Neck', 'RightArm', 'RightForeArm', 'RightHand', 'LeftArm', 'LeftForeArm', 'LeftHand'],
  ...['Hips', 'RightUpLeg', 'RightLeg', 'RightFoot', 'LeftUpLeg', 'LeftLeg', 'LeftFoot'],
]

/** Posetics (17 joints), the layout of UNIK and of LAC's encoder. */
export const posetics = layoutFromNames({
  name: 'posetics',
  source: 'UNIK and LAC, encoder',
  dimensions: 2,
  unit: 'pixel',
  joints: [
    ...['head', 'mouth', 'neck', 'chest', 'middle of hips'],
    ...['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'].flatMap((joint) => [`left ${joint}`, `right ${joint}`]),
  ],
  bones: {
    mouth: 'head',
    neck: 'mouth',
    chest: 'neck',
    'middle of hips': 'chest',
    ...onBothSides({ shoulder: 'neck', hip: 'middle of hips', ...limbs }, ['neck', 'middle of hips']),
  },
  centre: 'chest',
  tips,
})

/** LCR-Net (13 joints), the pose files of Toyota Smarthome. */
export const lcrNet = layoutFromNames({
  name: 'lcr-net',
  source: 'LCR-Net, pose2d of Toyota Smarthome',
  dimensions: 2,
  unit: 'pixel',
  joints: [
    ...['ankle', 'knee', 'hip', 'wrist', 'elbow', 'shoulder'].flatMap((joint) => [`right ${joint}`, `left ${joint}`]),
    'head',
  ],
  bones: onBothSides({ shoulder: 'head', hip: 'shoulder', ...limbs }, ['head']),
  centre: 'head',
  tips,
})
