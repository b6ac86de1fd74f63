import { layoutFromNames } from '../named-layout.ts'
import { fingerBones, fingerJoints, fingerTips, handAxes, handParts } from './hand-joints.ts'

const joints = ['wrist', ...fingerJoints()]

const hand = {
  joints,
  bones: fingerBones('wrist'),
  centre: 'wrist',
  parts: handParts(['wrist'], joints),
  tips: fingerTips(),
}

/** One hand of MediaPipe (21 landmarks, image coordinates). */
export const handmp = layoutFromNames({
  ...hand,
  name: 'handmp',
  source: 'MediaPipe Hands, landmarks; graph of PYSKL',
  dimensions: 2,
  unit: 'image',
  // PYSKL averages the scores of two frames for coco and openpose only.
  motionScore: 'difference',
})

/** One hand of MediaPipe (21 world landmarks). */
export const handmpWorld = layoutFromNames({
  ...hand,
  name: 'handmp-world',
  source: 'MediaPipe Hands, world landmarks',
  dimensions: 3,
  unit: 'metre',
  axes: handAxes,
})

/** One hand of H2O (21 joints). */
export const h2o = layoutFromNames({
  ...hand,
  name: 'h2o',
  source: 'H2O hand poses; graph of ISTA-Net and CHASE',
  dimensions: 3,
  unit: 'metre',
  axes: handAxes,
})
