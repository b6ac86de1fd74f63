import { halvesOfBody, partsOfBody } from '../body-parts.ts'
import { defineLayout, type JointPair } from '../layout.ts'

const joints = [
  ...['nose', 'left eye', 'right eye', 'left ear', 'right ear', 'left shoulder', 'right shoulder'],
  ...['left elbow', 'right elbow', 'left wrist', 'right wrist', 'left hip', 'right hip'],
  ...['left knee', 'right knee', 'left ankle', 'right ankle'],
]

/** COCO body keypoints (17 joints, image coordinates), with the graph of PYSKL. */
export const coco = defineLayout({
  name: 'coco',
  source: 'COCO keypoints; graph, bones and limbs of PYSKL',
  dimensions: 2,
  unit: 'pixel',
  joints,
  centre: 0,
  // biome-ignore format: a table of edges
  inward: [
    [15, 13], [13, 11], [16, 14], [14, 12], [11, 5], [12, 6], [9, 7], [7, 5], [10, 8], [8, 6],
    [5, 0], [6, 0], [1, 0], [3, 1], [2, 0], [4, 2],
  ],
  parents: [0, 0, 0, 1, 2, 0, 0, 5, 6, 7, 8, 0, 0, 11, 12, 13, 14],
  // biome-ignore format: a table of lines
  limbs: [
    [0, 1], [0, 2], [1, 3], [2, 4], [0, 5], [5, 7], [7, 9], [0, 6], [6, 8], [8, 10],
    [5, 11], [11, 13], [13, 15], [6, 12], [12, 14], [14, 16], [11, 12],
  ],
  // biome-ignore format: a table of pairs
  mirrored: [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10], [11, 12], [13, 14], [15, 16]],
  parts: partsOfBody(joints),
  halves: halvesOfBody(joints),
  tips: [9, 10, 15, 16],
})

// biome-ignore format: a table of edges
const groupEdges: readonly JointPair[] = [
  [15, 13], [13, 11], [16, 14], [14, 12], [11, 12], [5, 11], [6, 12], [5, 6], [5, 7], [6, 8], [7, 9], [8, 10],
  [1, 2], [0, 1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6],
]

/** COCO keypoints with the closed graph of the group activity sets (Collective Activity, Volleyball). */
export const cocoGroup = defineLayout({
  ...coco,
  name: 'coco-group',
  source: 'COCO keypoints; graph of CHASE for the poses of COMPOSER',
  inward: groupEdges,
})
