import { layoutFromNames } from '../named-layout.ts'
import { onBothSides, sided } from './side-bones.ts'

const middle = ['head', 'neck', 'torso']

/** SBU Kinect Interaction (15 joints of OpenNI). */
export const sbu = layoutFromNames({
  name: 'sbu',
  source: 'SBU Kinect Interaction; edges of ISTA-Net',
  dimensions: 3,
  unit: 'relative',
  joints: [
    ...middle,
    ...sided('left', 'shoulder', 'elbow', 'hand'),
    ...sided('right', 'shoulder', 'elbow', 'hand'),
    ...sided('left', 'hip', 'knee', 'foot'),
    ...sided('right', 'hip', 'knee', 'foot'),
  ],
  bones: {
    head: 'neck',
    torso: 'neck',
    ...onBothSides(
      { shoulder: 'neck', elbow: 'shoulder', hand: 'elbow', hip: 'torso', knee: 'hip', foot: 'knee' },
      middle,
    ),
  },
  centre: 'torso',
  tips: ['left hand', 'right hand', 'left foot', 'right foot'],
  axes: { origin: 'torso', up: ['torso', 'neck'], across: ['right shoulder', 'left shoulder'] },
})
