import { layoutFromNames } from '../named-layout.ts'
import { onBothSides, sided } from './side-bones.ts'

const arm = ['clavicle', 'shoulder', 'elbow', 'wrist', 'hand', 'hand tip', 'thumb']
const leg = ['hip', 'knee', 'ankle', 'foot']

/** Azure Kinect body tracking (32 joints), the layout of ANUBIS. */
export const azureKinect = layoutFromNames({
  name: 'azure-kinect',
  source: 'Azure Kinect body tracking SDK; ANUBIS',
  dimensions: 3,
  unit: 'millimetre',
  joints: [
    ...['base of spine', 'middle of spine', 'chest', 'neck'],
    ...[...sided('left', ...arm), ...sided('right', ...arm), ...sided('left', ...leg), ...sided('right', ...leg)],
    ...['head', 'nose', 'left eye', 'left ear', 'right eye', 'right ear'],
  ],
  bones: {
    'middle of spine': 'base of spine',
    chest: 'middle of spine',
    neck: 'chest',
    head: 'neck',
    nose: 'head',
    ...onBothSides(
      {
        ...{ clavicle: 'chest', shoulder: 'clavicle', elbow: 'shoulder', wrist: 'elbow' },
        ...{ hand: 'wrist', 'hand tip': 'hand', thumb: 'wrist' },
        ...{ hip: 'base of spine', knee: 'hip', ankle: 'knee', foot: 'ankle', eye: 'nose', ear: 'eye' },
      },
      ['chest', 'base of spine', 'nose'],
    ),
  },
  centre: 'base of spine',
  tips: ['left hand tip', 'right hand tip', 'left foot', 'right foot'],
  axes: {
    origin: 'middle of spine',
    up: ['base of spine', 'middle of spine'],
    across: ['right shoulder', 'left shoulder'],
  },
})
