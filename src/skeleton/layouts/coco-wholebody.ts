import { layoutFromNames } from '../named-layout.ts'
import { coco } from './coco.ts'
import { fingerBones, fingerJoints, fingerTips } from './hand-joints.ts'
import { onBothSides, sided } from './side-bones.ts'

const FACE = 68
const faceJoint = (i: number) => `face ${i + 1}`

/** The face's 68 landmarks in pairs from the middle outwards; the right half of the face has the smaller numbers. */
function mirroredFace(): [string, string][] {
  // biome-ignore format: a table of pairs
  const rightAndLeft: readonly (readonly [number, number])[] = [
    [0, 16], [1, 15], [2, 14], [3, 13], [4, 12], [5, 11], [6, 10], [7, 9],
    [17, 26], [18, 25], [19, 24], [20, 23], [21, 22], [31, 35], [32, 34],
    [36, 45], [37, 44], [38, 43], [39, 42], [40, 47], [41, 46],
    [48, 54], [49, 53], [50, 52], [55, 59], [56, 58], [60, 64], [61, 63], [65, 67],
  ]
  return rightAndLeft.map(([right, left]) => [faceJoint(left), faceJoint(right)])
}

const face = Array.from({ length: FACE }, (_, i) => faceJoint(i))
const feet = ['big toe', 'small toe', 'heel']
const hand = (side: 'left' | 'right') => [`${side} hand root`, ...fingerJoints(`${side} `)]
const joints = [
  ...coco.joints,
  ...[...sided('left', ...feet), ...sided('right', ...feet), ...face, ...hand('left'), ...hand('right')],
]

/** COCO-WholeBody (133 joints): body, feet, face, hands. The face hangs on the nose. */
export const cocoWholebody = layoutFromNames({
  name: 'coco-wholebody',
  source: 'COCO-WholeBody',
  dimensions: 2,
  unit: 'pixel',
  joints,
  bones: {
    ...Object.fromEntries(coco.inward.map(([child, parent]) => [coco.joints[child], coco.joints[parent]])),
    ...onBothSides({ 'big toe': 'ankle', 'small toe': 'big toe', heel: 'ankle', 'hand root': 'wrist' }, []),
    ...Object.fromEntries(face.map((joint) => [joint, 'nose'])),
    ...fingerBones('left hand root', 'left '),
    ...fingerBones('right hand root', 'right '),
  },
  centre: 'nose',
  mirrored: [
    ...joints.flatMap((joint): [string, string][] =>
      joint.startsWith('left ') ? [[joint, joint.replace('left', 'right')]] : [],
    ),
    ...mirroredFace(),
  ],
  tips: [...fingerTips('left '), ...fingerTips('right '), 'left small toe', 'right small toe'],
})
