import { halvesOfBody, partsOfBody } from '../body-parts.ts'
import { ancestors, defineLayout } from '../layout.ts'

const joints = [
  ...['base of spine', 'middle of spine', 'spine at shoulders', 'head'],
  ...['left shoulder', 'left elbow', 'left wrist', 'left hand'],
  ...['right shoulder', 'right elbow', 'right wrist', 'right hand'],
  ...['left hip', 'left knee', 'left ankle', 'left foot'],
  ...['right hip', 'right knee', 'right ankle', 'right foot'],
]

/** Northwestern-UCLA and UTKinect-Action3D: the 20 joints of Kinect v1 in the order of its SDK. */
export const nwUcla = defineLayout({
  name: 'nw_ucla',
  source: 'Kinect v1 SDK; graph of CTR-GCN and BRL',
  dimensions: 3,
  unit: 'metre',
  joints,
  centre: 2,
  // biome-ignore format: a table of edges
  inward: [
    [0, 1], [1, 2], [3, 2], [4, 2], [5, 4], [6, 5], [7, 6], [8, 2], [9, 8], [10, 9], [11, 10],
    [12, 0], [13, 12], [14, 13], [15, 14], [16, 0], [17, 16], [18, 17], [19, 18],
  ],
  // biome-ignore format: a table of pairs
  mirrored: [[4, 8], [5, 9], [6, 10], [7, 11], [12, 16], [13, 17], [14, 18], [15, 19]],
  parts: partsOfBody(joints),
  halves: halvesOfBody(joints),
  tips: [7, 11, 15, 19],
  axes: { origin: 1, up: [0, 1], across: [8, 4] },
})

/** The release of BRL takes the table of two steps for the streams of three and four steps as well. */
export const nwUclaReleasedPartners: Readonly<Record<'l' | 'n', readonly number[]>> = {
  l: ancestors(nwUcla, 2),
  n: ancestors(nwUcla, 2),
}
