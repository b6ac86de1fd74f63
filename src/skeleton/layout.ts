import { OssatureError } from '../errors.ts'

/** Two joint indices, 0-based. */
export type JointPair = readonly [number, number]

/** A skeleton: which joints a pose has and how they hang together. All indices are 0-based. */
export interface Layout {
  readonly name: string
  /** Coordinates of a joint without its score: 2 for image poses, 3 for depth cameras and motion capture. */
  readonly dimensions: 2 | 3
  /** Names of the V joints in the order of the data. */
  readonly joints: readonly string[]
  /** The joint that partition strategies measure distances from. */
  readonly centre: number
  /** Edges of the graph as (child, parent), pointing towards the centre. */
  readonly inward: readonly JointPair[]
  /**
   * For every joint the joint its bone starts at; a root is its own parent. Publications do not always
   * take the graph's edges here, so the two are stated apart.
   */
  readonly parents: readonly number[]
  /** Joints that mirror each other, as (left, right). */
  readonly mirrored: readonly JointPair[]
  /** Named groups of joints, for example `upper` and `lower` of a body or the fingers of a hand. */
  readonly parts: Readonly<Record<string, readonly number[]>>
  /** What the score channel of a 2-D motion holds: the mean of both frames' scores (default) or their difference. */
  readonly motionScore?: 'mean' | 'difference'
}

/** What has to be stated of a layout; the rest follows. `parents` defaults to the edges, lists default to empty. */
export type LayoutInput = Pick<Layout, 'name' | 'dimensions' | 'joints' | 'centre' | 'inward'> & Partial<Layout>

/**
 * Completes and checks a layout, for example one read from a JSON file.
 * @throws OssatureError when an index is not a joint, a joint has two parents, or bones form a circle.
 */
export function defineLayout(input: LayoutInput): Layout {
  const layout: Layout = {
    mirrored: [],
    parts: {},
    ...input,
    parents: input.parents ?? parentsFromEdges(input),
  }
  check(layout)
  return layout
}

/**
 * For every joint the joint `steps` bones up the skeleton; a joint with fewer bones above it is its own ancestor.
 * One step gives the parents, two the grandparents of the skip stream.
 */
export function ancestors(layout: Layout, steps: number): number[] {
  return layout.parents.map((_, joint) => {
    let ancestor = joint
    for (let step = 0; step < steps; step++) {
      if (layout.parents[ancestor] === ancestor) return joint
      ancestor = layout.parents[ancestor]
    }
    return ancestor
  })
}

/** The joint order that exchanges left and right: joint v of the mirrored pose is joint `order[v]` of the pose. */
export function mirrorOrder(layout: Layout): number[] {
  const order = layout.joints.map((_, joint) => joint)
  for (const [left, right] of layout.mirrored) {
    order[left] = right
    order[right] = left
  }
  return order
}

/**
 * The joints of a named part.
 * @throws OssatureError when the layout has no such part.
 */
export function bodyPart(layout: Layout, part: string): readonly number[] {
  const joints = layout.parts[part]
  if (joints === undefined) {
    throw new OssatureError('the layout has no such body part', {
      where: `layout ${layout.name}`,
      expected: Object.keys(layout.parts).join(', ') || 'no part is defined',
      found: part,
      hint: 'Name the part under `parts` of the layout.',
    })
  }
  return joints
}

function parentsFromEdges(input: LayoutInput): number[] {
  const parents = input.joints.map((_, joint) => joint)
  for (const [child, parent] of input.inward) {
    if (parents[child] !== child) {
      fail(input.name, 'a joint has two parents', 'one inward edge per child', `joint ${child} in two edges`)
    }
    parents[child] = parent
  }
  return parents
}

function check(layout: Layout): void {
  const count = layout.joints.length
  if (layout.dimensions !== 2 && layout.dimensions !== 3) {
    fail(layout.name, 'dimensions of a joint', '2 or 3', String(layout.dimensions))
  }
  const isJoint = (index: number) => Number.isInteger(index) && index >= 0 && index < count
  const lists: [string, readonly number[]][] = [
    ['centre', [layout.centre]],
    ['inward', layout.inward.flat()],
    ['parents', layout.parents],
    ['mirrored', layout.mirrored.flat()],
    ...Object.entries(layout.parts).map(([part, joints]): [string, readonly number[]] => [`parts.${part}`, joints]),
  ]
  for (const [field, indices] of lists) {
    const wrong = indices.find((index) => !isJoint(index))
    if (wrong !== undefined) fail(layout.name, `${field} names no joint`, `0 to ${count - 1}`, String(wrong))
  }
  if (layout.parents.length !== count) {
    fail(layout.name, 'parents', `${count} entries, one per joint`, `${layout.parents.length}`)
  }
  layout.parents.forEach((_, joint) => {
    let ancestor = joint
    for (let step = 0; layout.parents[ancestor] !== ancestor; step++) {
      if (step > count) fail(layout.name, 'bones form a circle', 'every joint leads to a root', `joint ${joint}`)
      ancestor = layout.parents[ancestor]
    }
  })
}

function fail(name: string, what: string, expected: string, found: string): never {
  throw new OssatureError(what, { where: `layout ${name}`, expected, found })
}
