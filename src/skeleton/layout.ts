import { OssatureError } from '../errors.ts'

/** Most joints of a layout; the densest published ones have some hundreds. */
const MOST_JOINTS = 4096

/** Two joint indices, 0-based. */
export type JointPair = readonly [number, number]

export const units = ['metre', 'centimetre', 'millimetre', 'pixel', 'image', 'relative'] as const
/** What coordinates count: lengths, pixels, shares of the image's width and height, or lengths relative to the body. */
export type Unit = (typeof units)[number]

/** A joint, or the middle of several. */
export type JointGroup = number | readonly number[]

/** The joints that tell where a 3-D pose stands and where it looks. */
export interface PoseAxes {
  /** What becomes the origin. */
  readonly origin: JointGroup
  /** From bottom to top, for example the two lower joints of the spine. */
  readonly up: readonly [bottom: JointGroup, top: JointGroup]
  /** From right to left, for example the shoulders. */
  readonly across: readonly [right: JointGroup, left: JointGroup]
}

/** A skeleton: which joints a pose has and how they hang together. All indices are 0-based. */
export interface Layout {
  readonly name: string
  /** Where the order of the joints comes from. */
  readonly source?: string
  /** Coordinates of a joint without its score: 2 for image poses, 3 for depth cameras and motion capture. */
  readonly dimensions: 2 | 3
  readonly unit?: Unit
  /** Names of the V joints in the order of the data. Layouts are converted by these names. */
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
  /** The joints without a bone, one per tree of bones. */
  readonly roots: readonly number[]
  /** Lines that the skeleton is drawn with, where they are not the edges. */
  readonly limbs?: readonly JointPair[]
  /** Joints that mirror each other, as (left, right). */
  readonly mirrored: readonly JointPair[]
  /** Groups of joints that share no joint: head, torso, arms and legs of a body, palm and fingers of a hand. */
  readonly parts: Readonly<Record<string, readonly number[]>>
  /** A coarser division, `upper` and `lower` of a body. */
  readonly halves: Readonly<Record<string, readonly number[]>>
  /** Ends of hands or fingers and of feet. */
  readonly tips: readonly number[]
  /** Needed to normalise 3-D poses. */
  readonly axes?: PoseAxes
  /** What the score channel of a 2-D motion holds: the mean of both frames' scores (default) or their difference. */
  readonly motionScore?: 'mean' | 'difference'
}

/**
 * What has to be stated of a layout; the rest follows. `parents` defaults to the edges, lists default to empty. `roots`
 * has to be stated where there is more than one.
 */
export type LayoutInput = Pick<Layout, 'name' | 'dimensions' | 'joints' | 'centre' | 'inward'> & Partial<Layout>

/**
 * Completes and checks a layout.
 * @throws OssatureError when there are no joints or too many, an index is not a joint, a name comes twice, an edge links
 * a joint to itself, a joint has two parents or stands in two parts, bones form a circle or more trees than stated, or
 * the exchange of left and right is no exchange.
 */
export function defineLayout(input: LayoutInput): Layout {
  const parents = input.parents ?? parentsFromEdges(input)
  const ownParents = parents.flatMap((parent, joint) => (parent === joint ? [joint] : []))
  const { mirrored = [], parts = {}, halves = {}, tips = [], roots = ownParents } = input
  const layout: Layout = { ...input, parents, roots, mirrored, parts, halves, tips }
  checkIndices(layout)
  checkEdges(layout)
  checkNames(layout)
  checkTrees(layout, input.roots !== undefined)
  checkExchange(layout)
  checkDivision(layout, 'parts')
  checkDivision(layout, 'halves')
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
export function mirrorOrder(layout: Pick<Layout, 'joints' | 'mirrored'>): number[] {
  return exchangedOrder(layout.joints.length, layout.mirrored)
}

/** The numbers 0 to `count` - 1 in their order, but for the pairs that change places. */
export function exchangedOrder(count: number, pairs: readonly (readonly [left: number, right: number])[]): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (const [left, right] of pairs) {
    order[left] = right
    order[right] = left
  }
  return order
}

/** The lines that a skeleton is drawn with: its limbs, or its edges where it states none. */
export function limbsOf(layout: Pick<Layout, 'limbs' | 'inward'>): readonly JointPair[] {
  return layout.limbs ?? layout.inward
}

/**
 * The joints of a named part or half.
 * @throws OssatureError when the layout has none of that name.
 */
export function bodyPart(layout: Layout, part: string): readonly number[] {
  const named = { ...layout.halves, ...layout.parts }
  if (!Object.hasOwn(named, part)) {
    throw new OssatureError('the layout has no such body part', {
      where: `layout ${layout.name}`,
      expected: Object.keys(named).join(', ') || 'no part is defined',
      found: part,
      hint: 'Name the part under `parts` of the layout.',
    })
  }
  return named[part]
}

function parentsFromEdges(input: LayoutInput): number[] {
  const parents = input.joints.map((_, joint) => joint)
  for (const [child, parent] of input.inward) {
    // An edge from no joint is refused with the other indices.
    if (!(child in parents)) continue
    if (parents[child] !== child) {
      fail(input, 'a joint has two parents', 'one inward edge per child', `${named(input, child)} in two edges`)
    }
    parents[child] = parent
  }
  return parents
}

function checkIndices(layout: Layout): void {
  const count = layout.joints.length
  if (count === 0 || count > MOST_JOINTS)
    fail(layout, 'a layout has no such number of joints', `1 to ${MOST_JOINTS}`, `${count}`)
  if (layout.dimensions !== 2 && layout.dimensions !== 3) {
    fail(layout, 'a joint has no such number of coordinates', '2 or 3', String(layout.dimensions))
  }
  const isJoint = (index: number) => Number.isInteger(index) && index >= 0 && index < count
  const lists: [string, readonly number[]][] = [
    ['centre', [layout.centre]],
    ['inward', layout.inward.flat()],
    ['parents', layout.parents],
    ['roots', layout.roots],
    ['limbs', layout.limbs?.flat() ?? []],
    ['mirrored', layout.mirrored.flat()],
    ['tips', layout.tips],
    ['axes', layout.axes ? [layout.axes.origin, ...layout.axes.up, ...layout.axes.across].flat() : []],
    ...Object.entries(layout.parts).map(([part, joints]): [string, readonly number[]] => [`parts.${part}`, joints]),
    ...Object.entries(layout.halves).map(([half, joints]): [string, readonly number[]] => [`halves.${half}`, joints]),
  ]
  for (const [field, indices] of lists) {
    const wrong = indices.find((index) => !isJoint(index))
    if (wrong !== undefined) fail(layout, `${field} names no joint`, `0 to ${count - 1}`, String(wrong))
  }
  if (layout.parents.length !== count) {
    fail(
      layout,
      'the parents are not those of the joints',
      `${count} entries, one per joint`,
      `${layout.parents.length}`,
    )
  }
}

function checkEdges(layout: Layout): void {
  const loop = layout.inward.find(([child, parent]) => child === parent)
  if (loop) fail(layout, 'an edge links a joint to itself', 'edges between two joints', named(layout, loop[0]))
}

function checkNames(layout: Layout): void {
  const twice = layout.joints.find((joint, i) => layout.joints.indexOf(joint) !== i)
  if (twice !== undefined) fail(layout, 'two joints have the same name', 'a name of its own per joint', twice)
}

function checkTrees(layout: Layout, stated: boolean): void {
  const found = layout.parents.flatMap((parent, joint) => (parent === joint ? [joint] : []))
  layout.parents.forEach((_, joint) => {
    let ancestor = joint
    for (let step = 0; layout.parents[ancestor] !== ancestor; step++) {
      if (step > layout.joints.length) {
        fail(layout, 'bones form a circle', 'every joint leads to a root', named(layout, joint))
      }
      ancestor = layout.parents[ancestor]
    }
  })
  const roots = new Set(layout.roots)
  const surplus = stated ? found.find((joint) => !roots.has(joint)) : found[1]
  if (surplus !== undefined) {
    fail(layout, 'a joint hangs on no other joint', 'one tree of bones, or every root stated', named(layout, surplus))
  }
  const hung = layout.roots.find((joint) => layout.parents[joint] !== joint)
  if (hung !== undefined) fail(layout, 'a root hangs on another joint', 'a joint without a bone', named(layout, hung))
}

function checkExchange(layout: Layout): void {
  const seen = new Set<number>()
  for (const joint of layout.mirrored.flat()) {
    if (seen.has(joint)) fail(layout, 'a joint has two mirror images', 'one pair per joint', named(layout, joint))
    seen.add(joint)
  }
}

function checkDivision(layout: Layout, field: 'parts' | 'halves'): void {
  const owner = new Map<number, string>()
  for (const [part, joints] of Object.entries(layout[field])) {
    for (const joint of joints) {
      const other = owner.get(joint)
      if (other !== undefined) {
        fail(layout, `a joint stands twice in ${field}`, 'once', `${named(layout, joint)} in ${other} and ${part}`)
      }
      owner.set(joint, part)
    }
  }
}

function named(layout: Pick<Layout, 'joints'>, joint: number): string {
  return `joint ${joint} (${layout.joints[joint] ?? 'none'})`
}

function fail(layout: Pick<Layout, 'name'>, what: string, expected: string, found: string): never {
  throw new OssatureError(what, { where: `layout ${layout.name}`, expected, found })
}
