/** The fingers from the thumb on. */
export const fingers = ['thumb', 'index finger', 'middle finger', 'ring finger', 'little finger']

/** The four joints of every finger from the palm to the tip, thumb first. `side` stands before each name. */
export function fingerJoints(side = ''): string[] {
  return fingers.flatMap((finger) => [1, 2, 3, 4].map((joint) => `${side}${finger} ${joint}`))
}

/** Every finger hangs on `root` by its first joint. */
export function fingerBones(root: string, side = ''): Record<string, string> {
  return Object.fromEntries(
    fingers.flatMap((finger) =>
      [1, 2, 3, 4].map((joint) => [`${side}${finger} ${joint}`, joint === 1 ? root : `${side}${finger} ${joint - 1}`]),
    ),
  )
}

/** The last joint of every finger. */
export function fingerTips(side = ''): string[] {
  return fingers.map((finger) => `${side}${finger} 4`)
}

/** The named joints as the palm, and every finger. */
export function handParts(palm: readonly string[], joints: readonly string[]): Record<string, string[]> {
  return {
    palm: [...palm],
    ...Object.fromEntries(fingers.map((finger) => [finger, joints.filter((joint) => joint.startsWith(finger))])),
  }
}

/** From the wrist to the middle finger, and from the side of the little finger to that of the index finger. */
export const handAxes = {
  origin: 'wrist',
  up: ['wrist', 'middle finger 1'],
  across: ['little finger 1', 'index finger 1'],
} as const
