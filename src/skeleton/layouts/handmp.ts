import { defineLayout } from '../layout.ts'

const fingers = ['thumb', 'index finger', 'middle finger', 'ring finger', 'little finger']

/** One hand of MediaPipe (21 landmarks). */
export const handmp = defineLayout({
  name: 'handmp',
  dimensions: 2,
  joints: ['wrist', ...fingers.flatMap((finger) => [1, 2, 3, 4].map((joint) => `${finger} ${joint}`))],
  centre: 0,
  inward: fingers.flatMap((_, finger): [number, number][] => {
    const first = 1 + 4 * finger
    return [
      [first, 0],
      [first + 1, first],
      [first + 2, first + 1],
      [first + 3, first + 2],
    ]
  }),
  parts: Object.fromEntries(fingers.map((name, finger) => [name, [1, 2, 3, 4].map((joint) => joint + 4 * finger)])),
  // PYSKL averages the scores of two frames for coco and openpose only.
  motionScore: 'difference',
})
