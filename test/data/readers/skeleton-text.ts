/** A body in a frame of a `.skeleton` file. */
export interface Appearance {
  readonly id: number
  /** x y z of 25 joints. */
  readonly joints: readonly (readonly number[])[]
}

/** The text of a `.skeleton` file. */
export function skeletonText(frames: readonly (readonly Appearance[])[]): string {
  const body = ({ id, joints }: Appearance) => [
    `7205759403793000${id} 0 1 1 1 1 0 0.1 0.2 2`,
    `${joints.length}`,
    ...joints.map((joint) => `${joint.join(' ')} 277.4 191.8 1036.2 519.1 -0.2 0.05 0.96 -0.12 2`),
  ]
  const lines = frames.flatMap((bodies) => [`${bodies.length}`, ...bodies.flatMap(body)])
  return `${[frames.length, ...lines].join('\n')}\n`
}
