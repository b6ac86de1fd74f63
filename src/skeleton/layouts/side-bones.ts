/** The same bones on both sides: names that do not stand in `middle` get `left ` and `right `. */
export function onBothSides(
  bones: Readonly<Record<string, string>>,
  middle: readonly string[],
): Record<string, string> {
  const named = (side: string, joint: string) => (middle.includes(joint) ? joint : `${side} ${joint}`)
  return Object.fromEntries(
    ['left', 'right'].flatMap((side) =>
      Object.entries(bones).map(([child, parent]) => [named(side, child), named(side, parent)]),
    ),
  )
}

/** `left` and `right` before every name. */
export function sided(side: 'left' | 'right', ...joints: readonly string[]): string[] {
  return joints.map((joint) => `${side} ${joint}`)
}
