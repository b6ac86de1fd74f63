import { layoutFromNames } from '../named-layout.ts'
import { onBothSides, sided } from './side-bones.ts'

const middle = ['base of spine', 'middle of spine', 'chest', 'neck', 'head', 'top of head']

/** UI-PRMD, Kinect part (22 joints). Positions of the files are relative to the parent; here are those in camera space. */
export const uiPrmd = layoutFromNames({
  name: 'ui-prmd',
  source: 'UI-PRMD, Kinect positions',
  dimensions: 3,
  unit: 'centimetre',
  joints: [
    ...middle,
    ...sided('left', 'clavicle', 'shoulder', 'elbow', 'wrist'),
    ...sided('right', 'clavicle', 'shoulder', 'elbow', 'wrist'),
    ...sided('left', 'hip', 'knee', 'ankle', 'toes'),
    ...sided('right', 'hip', 'knee', 'ankle', 'toes'),
  ],
  bones: {
    'middle of spine': 'base of spine',
    chest: 'middle of spine',
    neck: 'chest',
    head: 'neck',
    'top of head': 'head',
    ...onBothSides(
      {
        ...{ clavicle: 'chest', shoulder: 'clavicle', elbow: 'shoulder', wrist: 'elbow' },
        ...{ hip: 'base of spine', knee: 'hip', ankle: 'knee', toes: 'ankle' },
      },
      middle,
    ),
  },
  centre: 'chest',
  tips: ['left wrist', 'right wrist', 'left toes', 'right toes'],
  axes: {
    origin: 'middle of spine',
    up: ['base of spine', 'middle of spine'],
    across: ['right shoulder', 'left shoulder'],
  },
})
