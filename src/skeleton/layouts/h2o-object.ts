import { defineLayout } from '../layout.ts'

const joints = [
  'centre',
  ...Array.from({ length: 8 }, (_, i) => `corner ${i + 1}`),
  ...Array.from({ length: 12 }, (_, i) => `middle of edge ${i + 1}`),
]

/** The box around an object of H2O (21 points): the graph is the box's edges between its corners, and has no bones. */
export const h2oObject = defineLayout({
  name: 'h2o-object',
  source: 'H2O object poses; graph of CHASE',
  dimensions: 3,
  unit: 'metre',
  joints,
  centre: 0,
  // biome-ignore format: a table of edges
  inward: [
    [1, 2], [2, 3], [3, 4], [4, 1], [1, 5], [2, 6], [3, 7], [4, 8], [5, 6], [6, 7], [7, 8], [8, 5],
  ],
  parents: joints.map((_, joint) => joint),
  roots: joints.map((_, joint) => joint),
  parts: {
    centre: [0],
    corners: [1, 2, 3, 4, 5, 6, 7, 8],
    edges: [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
  },
})
