import { OssatureError } from '../errors.ts'
import { halvesOfBody, mirroredByName, partsOfBody } from './body-parts.ts'
import { defineLayout, type JointGroup, type JointPair, type Layout, type Unit } from './layout.ts'

type NamePair = readonly [string, string]
type NameGroup = string | readonly string[]

/** A layout described by the names of its joints: what a layout file holds. */
export interface NamedLayout {
  readonly name: string
  readonly source?: string
  readonly dimensions: 2 | 3
  readonly unit?: Unit
  /** In the order of the data. */
  readonly joints: readonly string[]
  /** For every joint but the roots the joint that it hangs on. */
  readonly bones: Readonly<Record<string, string>>
  /** Needed where there is more than one. */
  readonly roots?: readonly string[]
  readonly centre: string
  /** Edges of the graph as (child, parent), where they are not the bones. */
  readonly edges?: readonly NamePair[]
  readonly limbs?: readonly NamePair[]
  /** (left, right). Default: joints whose names differ in `left` and `right` only. */
  readonly mirrored?: readonly NamePair[]
  /** Default: by the names, where all of them are names of body joints. */
  readonly parts?: Readonly<Record<string, readonly string[]>>
  /** Default: `upper` and `lower`, where the parts follow from the names. */
  readonly halves?: Readonly<Record<string, readonly string[]>>
  readonly tips?: readonly string[]
  readonly axes?: {
    readonly origin: NameGroup
    readonly up: readonly [bottom: NameGroup, top: NameGroup]
    readonly across: readonly [right: NameGroup, left: NameGroup]
  }
  readonly motionScore?: 'mean' | 'difference'
}

/**
 * The layout that a description by names stands for.
 * @throws OssatureError naming the joint that is unknown, hangs on nothing or stands twice.
 */
export function layoutFromNames(description: NamedLayout): Layout {
  const { name, joints, bones } = description
  const index = new Map(joints.map((joint, i) => [joint, i]))
  const at = (field: string) => (joint: string) => {
    const found = index.get(joint)
    if (found === undefined) {
      throw new OssatureError('a joint that the layout does not have', {
        where: `layout ${name}, ${field}`,
        expected: `one of ${joints.join(', ')}`,
        found: joint,
      })
    }
    return found
  }
  const pair = (field: string) => {
    const find = at(field)
    return ([a, b]: NamePair): JointPair => [find(a), find(b)]
  }
  const group = (field: string) => {
    const find = at(field)
    return (names: NameGroup): JointGroup => (typeof names === 'string' ? find(names) : names.map(find))
  }
  const division = (field: string, parts: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(parts).map(([part, members]) => [part, members.map(at(`${field}.${part}`))]))

  const boneTable = Object.entries(bones).map(pair('bones'))
  const parents = joints.map((_, joint) => joint)
  for (const [child, parent] of boneTable) parents[child] = parent
  const byName = partsOfBody(joints)
  const { roots, edges, limbs, mirrored, parts, halves, tips = [], axes } = description
  return defineLayout({
    name,
    source: description.source,
    dimensions: description.dimensions,
    unit: description.unit,
    joints,
    centre: at('centre')(description.centre),
    inward: edges?.map(pair('edges')) ?? boneTable,
    parents,
    roots: roots?.map(at('roots')),
    limbs: limbs?.map(pair('limbs')),
    mirrored: mirrored?.map(pair('mirrored')) ?? mirroredByName(joints),
    parts: parts ? division('parts', parts) : (byName ?? {}),
    halves: halves ? division('halves', halves) : byName && !parts ? halvesOfBody(joints) : {},
    tips: tips.map(at('tips')),
    axes: axes && {
      origin: group('axes.origin')(axes.origin),
      up: [group('axes.up')(axes.up[0]), group('axes.up')(axes.up[1])],
      across: [group('axes.across')(axes.across[0]), group('axes.across')(axes.across[1])],
    },
    motionScore: description.motionScore,
  })
}

/**
 * The same skeleton in the image or in space: called `NAME-2d` or `NAME-3d`, without a unit, but for what `changes`
 * says. Poses in space can be normalised with `axes` only. The layout itself where it has these dimensions already and
 * nothing changes.
 * @throws OssatureError for axes that name no joint
 */
export function withDimensions(
  layout: Layout,
  dimensions: 2 | 3,
  changes: Partial<Pick<Layout, 'name' | 'unit' | 'axes'>> = {},
): Layout {
  const isOther = dimensions !== layout.dimensions
  if (!isOther && Object.keys(changes).length === 0) return layout
  const other = isOther && { name: `${layout.name}-${dimensions}d`, unit: undefined, dimensions }
  return defineLayout({ ...layout, ...other, ...changes })
}
