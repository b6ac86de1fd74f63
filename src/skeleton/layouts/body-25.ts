import { layoutFromNames } from '../named-layout.ts'
import { fingerBones, fingerJoints, fingerTips } from './hand-joints.ts'
import { onBothSides } from './side-bones.ts'

const bodyJoints = [
  ...['nose', 'neck', 'right shoulder', 'right elbow', 'right wrist', 'left shoulder', 'left elbow', 'left wrist'],
  ...['middle of hips', 'right hip', 'right knee', 'right ankle', 'left hip', 'left knee', 'left ankle'],
  ...['right eye', 'left eye', 'right ear', 'left ear'],
  ...['left big toe', 'left small toe', 'left heel', 'right big toe', 'right small toe', 'right heel'],
]

const bodyBones = {
  nose: 'neck',
  'middle of hips': 'neck',
  ...onBothSides(
    {
      ...{ shoulder: 'neck', elbow: 'shoulder', wrist: 'elbow', hip: 'middle of hips', knee: 'hip', ankle: 'knee' },
      ...{ eye: 'nose', ear: 'eye', 'big toe': 'ankle', 'small toe': 'big toe', heel: 'ankle' },
    },
    ['neck', 'middle of hips', 'nose'],
  ),
}
const toes = ['left small toe', 'right small toe']

/** OpenPose BODY_25 (25 joints, image coordinates): OpenPose files and the ice hockey set YMJA. */
export const body25 = layoutFromNames({
  name: 'body-25',
  source: 'OpenPose, output format BODY_25',
  dimensions: 2,
  unit: 'pixel',
  joints: bodyJoints,
  bones: bodyBones,
  centre: 'neck',
  tips: ['left wrist', 'right wrist', ...toes],
})

const hand = (side: 'left' | 'right') => [`${side} hand root`, ...fingerJoints(`${side} `)]
const handBones = {
  ...onBothSides({ 'hand root': 'wrist' }, []),
  ...fingerBones('left hand root', 'left '),
  ...fingerBones('right hand root', 'right '),
}

/** NTU-X without the face (67 joints): BODY_25, then the left and the right hand. */
export const ntuX = layoutFromNames({
  name: 'ntu-x',
  source: 'NTU60-X and NTU120-X, the first 67 of 118 joints; edges of OpenPose, without the slips of PSUMNet',
  dimensions: 3,
  unit: 'relative',
  joints: [...bodyJoints, ...hand('left'), ...hand('right')],
  bones: { ...bodyBones, ...handBones },
  centre: 'neck',
  tips: [...fingerTips('left '), ...fingerTips('right '), ...toes],
  axes: { origin: 'middle of hips', up: ['middle of hips', 'neck'], across: ['right shoulder', 'left shoulder'] },
})
