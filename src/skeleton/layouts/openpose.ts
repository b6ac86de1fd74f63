import { halvesOfBody, partsOfBody } from '../body-parts.ts'
import { defineLayout } from '../layout.ts'

const joints = [
  ...['nose', 'neck', 'right shoulder', 'right elbow', 'right wrist', 'left shoulder', 'left elbow', 'left wrist'],
  ...['right hip', 'right knee', 'right ankle', 'left hip', 'left knee', 'left ankle'],
  ...['right eye', 'left eye', 'right ear', 'left ear'],
]

/** OpenPose body keypoints (18 joints, image coordinates), the layout of the Kinetics skeletons. */
export const openpose = defineLayout({
  name: 'openpose',
  source: 'OpenPose, output format COCO; graph and bones of ST-GCN and PYSKL',
  dimensions: 2,
  unit: 'pixel',
  joints,
  centre: 1,
  // biome-ignore format: a table of edges
  inward: [
    [4, 3], [3, 2], [7, 6], [6, 5], [13, 12], [12, 11], [10, 9], [9, 8], [11, 5], [8, 2],
    [5, 1], [2, 1], [0, 1], [15, 0], [14, 0], [17, 15], [16, 14],
  ],
  parents: [0, 0, 1, 2, 3, 1, 5, 6, 2, 8, 9, 5, 11, 12, 0, 0, 14, 15],
  // biome-ignore format: a table of pairs
  mirrored: [[5, 2], [6, 3], [7, 4], [11, 8], [12, 9], [13, 10], [15, 14], [17, 16]],
  parts: partsOfBody(joints),
  halves: halvesOfBody(joints),
  tips: [4, 7, 10, 13],
})
