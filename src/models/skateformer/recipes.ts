import type { SkateFormerOptions } from './options.ts'

/** What the published recipes share. */
const common = { indexT: true, attnDrop: 0.5, dropPath: 0.2 } as const

/**
 * The published network for NTU RGB+D: two persons, 24 of the 25 joints in six groups of four (two arms, two legs,
 * shoulders and hips, spine).
 */
export const SKATEFORMER_NTU = {
  ...common,
  numPeople: 2,
  numPoints: 24,
  mlpRatio: 4,
  sizes: [
    [8, 8],
    [8, 12],
    [8, 8],
    [8, 12],
  ],
  jointOrder: [6, 7, 21, 22, 10, 11, 23, 24, 12, 13, 14, 15, 16, 17, 18, 19, 4, 8, 5, 9, 1, 2, 0, 3],
} as const satisfies SkateFormerOptions

/** The published network for NW-UCLA: one person, 20 joints in five groups of four. */
export const SKATEFORMER_NW_UCLA = {
  ...common,
  numPeople: 1,
  numPoints: 20,
  mlpRatio: 1,
  sizes: [
    [8, 4],
    [8, 5],
    [8, 4],
    [8, 5],
  ],
  jointOrder: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 1, 2, 0, 3],
} as const satisfies SkateFormerOptions
