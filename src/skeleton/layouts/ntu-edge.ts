import { halvesOfBody, partsOfBody } from '../body-parts.ts'
import { defineLayout } from '../layout.ts'
import { nturgbD } from './nturgb-d.ts'

const joints = nturgbD.joints.filter((joint) => joint !== 'spine at shoulders')

/** `ntu_edge` of ST-GCN: the 24 joints of NTU RGB+D without the spine at the shoulders. */
export const ntuEdge = defineLayout({
  name: 'ntu_edge',
  source: 'ST-GCN, layout ntu_edge',
  dimensions: 3,
  unit: 'metre',
  joints,
  centre: 2,
  // biome-ignore format: a table of edges
  inward: [
    [0, 1], [2, 1], [3, 2], [4, 1], [5, 4], [6, 5], [7, 6], [8, 1], [9, 8], [10, 9], [11, 10],
    [12, 0], [13, 12], [14, 13], [15, 14], [16, 0], [17, 16], [18, 17], [19, 18], [20, 21], [21, 7], [22, 23], [23, 11],
  ],
  // biome-ignore format: a table of pairs
  mirrored: [[4, 8], [5, 9], [6, 10], [7, 11], [12, 16], [13, 17], [14, 18], [15, 19], [20, 22], [21, 23]],
  parts: partsOfBody(joints),
  halves: halvesOfBody(joints),
  tips: [20, 22, 15, 19],
  axes: { origin: 1, up: [0, 1], across: [8, 4] },
})
