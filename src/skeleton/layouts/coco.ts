import { defineLayout } from '../layout.ts'

/** COCO body keypoints (17 joints, image coordinates). */
export const coco = defineLayout({
  name: 'coco',
  dimensions: 2,
  joints: [
    ...['nose', 'left eye', 'right eye', 'left ear', 'right ear', 'left shoulder', 'right shoulder'],
    ...['left elbow', 'right elbow', 'left wrist', 'right wrist', 'left hip', 'right hip'],
    ...['left knee', 'right knee', 'left ankle', 'right ankle'],
  ],
  centre: 0,
  // biome-ignore format: a table of edges
  inward: [
    [15, 13], [13, 11], [16, 14], [14, 12], [11, 5], [12, 6], [9, 7], [7, 5], [10, 8], [8, 6],
    [5, 0], [6, 0], [1, 0], [3, 1], [2, 0], [4, 2],
  ],
  parents: [0, 0, 0, 1, 2, 0, 0, 5, 6, 7, 8, 0, 0, 11, 12, 13, 14],
  // biome-ignore format: a table of pairs
  mirrored: [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10], [11, 12], [13, 14], [15, 16]],
  parts: {
    upper: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    lower: [11, 12, 13, 14, 15, 16],
  },
})
