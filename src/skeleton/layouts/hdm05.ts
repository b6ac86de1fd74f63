import { layoutFromNames } from '../named-layout.ts'
import { onBothSides, sided } from './side-bones.ts'

const trunk = ['base of spine', 'middle of spine', 'chest', 'neck', 'head']

/**
 * HDM05 as the attacks BEAT and TASAR prepare it (25 of 31 joints). Their data name no joints: the names follow from
 * the tree and the joints taken as hips and shoulders.
 */
export const hdm05 = layoutFromNames({
  name: 'hdm05',
  source: 'HDM05, parents and graph of TASAR; names inferred',
  dimensions: 3,
  unit: 'relative',
  joints: [
    ...sided('left', 'hip', 'knee', 'ankle', 'foot', 'toes'),
    ...sided('right', 'hip', 'knee', 'ankle', 'foot', 'toes'),
    ...trunk,
    ...sided('left', 'shoulder', 'elbow', 'wrist', 'hand', 'hand tip'),
    ...sided('right', 'shoulder', 'elbow', 'wrist', 'hand', 'hand tip'),
  ],
  bones: {
    'middle of spine': 'base of spine',
    chest: 'middle of spine',
    neck: 'chest',
    head: 'neck',
    ...onBothSides(
      {
        ...{ hip: 'base of spine', knee: 'hip', ankle: 'knee', foot: 'ankle', toes: 'foot' },
        ...{ shoulder: 'neck', elbow: 'shoulder', wrist: 'elbow', hand: 'wrist', 'hand tip': 'hand' },
      },
      trunk,
    ),
  },
  centre: 'chest',
  tips: ['left hand tip', 'right hand tip', 'left toes', 'right toes'],
  axes: {
    origin: 'middle of spine',
    up: ['base of spine', 'middle of spine'],
    across: ['right shoulder', 'left shoulder'],
  },
})
