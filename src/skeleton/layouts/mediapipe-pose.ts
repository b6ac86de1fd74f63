import { layoutFromNames, type NamedLayout } from '../named-layout.ts'
import { onBothSides, sided } from './side-bones.ts'

const joints = [
  ...['nose', 'left eye inner', 'left eye', 'left eye outer', 'right eye inner', 'right eye', 'right eye outer'],
  ...['left ear', 'right ear', 'left mouth', 'right mouth', 'left shoulder', 'right shoulder'],
  ...['left elbow', 'right elbow', 'left wrist', 'right wrist', 'left little finger', 'right little finger'],
  ...['left index finger', 'right index finger', 'left thumb', 'right thumb', 'left hip', 'right hip'],
  ...[
    'left knee',
    'right knee',
    'left ankle',
    'right ankle',
    'left heel',
    'right heel',
    'left big toe',
    'right big toe',
  ],
]

const bones = onBothSides(
  {
    ...{ 'eye inner': 'nose', eye: 'eye inner', 'eye outer': 'eye', ear: 'eye outer', mouth: 'nose' },
    ...{ shoulder: 'nose', elbow: 'shoulder', wrist: 'elbow' },
    ...{ 'little finger': 'wrist', 'index finger': 'wrist', thumb: 'wrist' },
    ...{ hip: 'shoulder', knee: 'hip', ankle: 'knee', heel: 'ankle', 'big toe': 'heel' },
  },
  ['nose'],
)

// biome-ignore format: a table of lines
const lines: readonly (readonly [number, number])[] = [
  [0, 1], [1, 2], [2, 3], [3, 7], [0, 4], [4, 5], [5, 6], [6, 8], [9, 10], [11, 12], [11, 13], [13, 15], [15, 17],
  [15, 19], [15, 21], [17, 19], [12, 14], [14, 16], [16, 18], [16, 20], [16, 22], [18, 20], [11, 23], [12, 24],
  [23, 24], [23, 25], [24, 26], [25, 27], [26, 28], [27, 29], [28, 30], [29, 31], [30, 32], [27, 31], [28, 32],
]

const ends = ['little finger', 'index finger', 'thumb', 'big toe']

const pose = {
  joints,
  bones,
  limbs: lines.map(([a, b]) => [joints[a], joints[b]] as const),
  centre: 'nose',
  tips: [...sided('left', ...ends), ...sided('right', ...ends)],
} satisfies Partial<NamedLayout>

/** MediaPipe Pose (33 landmarks, shares of the image). The lines are MediaPipe's; the bones join them to one tree. */
export const mediapipePose = layoutFromNames({
  ...pose,
  name: 'mediapipe-pose',
  source: 'MediaPipe Pose, landmarks',
  dimensions: 2,
  unit: 'image',
})

/** MediaPipe Pose (33 world landmarks, the origin between the hips). */
export const mediapipePoseWorld = layoutFromNames({
  ...pose,
  name: 'mediapipe-pose-world',
  source: 'MediaPipe Pose, world landmarks',
  dimensions: 3,
  unit: 'metre',
  axes: {
    origin: ['left hip', 'right hip'],
    up: [
      ['left hip', 'right hip'],
      ['left shoulder', 'right shoulder'],
    ],
    across: ['right shoulder', 'left shoulder'],
  },
})
