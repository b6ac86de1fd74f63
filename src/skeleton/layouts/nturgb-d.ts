import { halvesOfBody, partsOfBody } from '../body-parts.ts'
import { defineLayout, type JointPair, type LayoutInput } from '../layout.ts'

const joints = [
  ...['base of spine', 'middle of spine', 'neck', 'head'],
  ...['left shoulder', 'left elbow', 'left wrist', 'left hand'],
  ...['right shoulder', 'right elbow', 'right wrist', 'right hand'],
  ...['left hip', 'left knee', 'left ankle', 'left foot'],
  ...['right hip', 'right knee', 'right ankle', 'right foot'],
  ...['spine at shoulders', 'left hand tip', 'left thumb', 'right hand tip', 'right thumb'],
]

// biome-ignore format: a table of edges
const bodyEdges: readonly JointPair[] = [
  [0, 1], [1, 20], [2, 20], [3, 2], [4, 20], [5, 4], [6, 5], [7, 6], [8, 20], [9, 8], [10, 9], [11, 10],
  [12, 0], [13, 12], [14, 13], [15, 14], [16, 0], [17, 16], [18, 17], [19, 18],
]

const kinect2: Omit<LayoutInput, 'name' | 'inward'> = {
  dimensions: 3,
  unit: 'metre',
  joints,
  centre: 20,
  // biome-ignore format: one entry per joint
  parents: [1, 20, 20, 2, 20, 4, 5, 6, 20, 8, 9, 10, 0, 12, 13, 14, 0, 16, 17, 18, 20, 22, 7, 24, 11],
  // biome-ignore format: a table of pairs
  mirrored: [[4, 8], [5, 9], [6, 10], [7, 11], [12, 16], [13, 17], [14, 18], [15, 19], [21, 23], [22, 24]],
  parts: partsOfBody(joints),
  halves: halvesOfBody(joints),
  tips: [21, 23, 15, 19],
  axes: { origin: 1, up: [0, 1], across: [8, 4] },
}

/** NTU RGB+D (Kinect v2, 25 joints) with the edges of PYSKL: hand tip and thumb both hang on the hand. */
export const nturgbD = defineLayout({
  ...kinect2,
  name: 'nturgb+d',
  source: 'Kinect v2; graph of PYSKL',
  inward: [...bodyEdges, [21, 7], [22, 7], [23, 11], [24, 11]],
})

/** NTU RGB+D with the edges of ST-GCN, 2s-AGCN, MS-G3D and CTR-GCN: the hand tip hangs on the thumb. */
export const ntuRgbD = defineLayout({
  ...kinect2,
  name: 'ntu-rgb+d',
  source: 'Kinect v2; graph of ST-GCN, 2s-AGCN, MS-G3D and CTR-GCN',
  inward: [...bodyEdges, [21, 22], [22, 7], [23, 24], [24, 11]],
})
