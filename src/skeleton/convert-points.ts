import { OssatureError } from '../errors.ts'
import { type Coordinates, zeroPoints } from './allocate.ts'
import { type ConversionRule, conversionRules } from './conversion-rules.ts'
import type { Layout } from './layout.ts'
import type { Points } from './points.ts'
import { requireJointsOf } from './points-of-layout.ts'

export interface ConversionOptions<A extends Coordinates = Float32Array> {
  /** Rules that come before the published ones: for a joint the joints whose middle it is. */
  rules?: Readonly<Record<string, ConversionRule>>
  /** Confidence per joint, (M, T, V). A derived joint has the lowest of its joints. */
  score?: A
}

/** A joint of the old layout and its share, the shares of a joint's sources being 1 together. */
export interface ConversionSource {
  readonly joint: number
  readonly share: number
}

/** How the joints of one layout come from another. */
export interface Conversion {
  /** For every joint of the new layout what it is made of; nothing where it cannot be derived. */
  readonly sources: readonly (readonly ConversionSource[])[]
  /** Joints that are no copy of their namesake, and the joints that they are made of. */
  readonly derived: readonly { readonly joint: string; readonly from: readonly string[] }[]
  /** Joints that cannot be derived; they are 0. */
  readonly missing: readonly string[]
}

export interface ConvertedPoints<A extends Coordinates = Float32Array> {
  readonly points: Points<A>
  readonly score?: A
  readonly conversion: Conversion
}

/**
 * Which joints a conversion copies, which it derives, and which it cannot.
 * @param rules that come before the published ones: for a joint the joints whose middle it is
 * @throws OssatureError when the layouts differ in dimensions, or a rule names no joint
 */
export function planConversion(
  from: Layout,
  to: Layout,
  rules: Readonly<Record<string, ConversionRule>> = {},
): Conversion {
  checkRules(from, to, rules)
  const index = new Map(from.joints.map((joint, i) => [joint, i]))
  const copy = (joint: number): ConversionSource[] => [{ joint, share: 1 }]
  const resolve = (joint: string, open: readonly string[]): ConversionSource[] | undefined => {
    if (open.includes(joint)) return undefined
    const own = Object.hasOwn(rules, joint) ? [rules[joint]] : []
    const namesake = index.get(joint)
    if (own.length === 0 && namesake !== undefined) return copy(namesake)
    for (const rule of [...own, ...(conversionRules.get(joint) ?? [])]) {
      const parts = rule.map((source) => {
        // A joint's own rule may take its namesake.
        const direct = source === joint ? index.get(joint) : undefined
        return direct === undefined ? resolve(source, [...open, joint]) : copy(direct)
      })
      if (parts.every((part) => part !== undefined)) return middleOf(parts)
    }
    return namesake === undefined ? undefined : copy(namesake)
  }
  const sources = to.joints.map((joint) => resolve(joint, []) ?? [])
  return {
    sources,
    derived: to.joints.flatMap((joint, i) => {
      const isNamesake = sources[i].length === 1 && from.joints[sources[i][0].joint] === joint
      return isNamesake || sources[i].length === 0
        ? []
        : [{ joint, from: sources[i].map((source) => from.joints[source.joint]) }]
    }),
    missing: to.joints.filter((_, i) => sources[i].length === 0),
  }
}

/**
 * Points of another layout: joints of the same name are copied, others are the middle of joints by published rules or
 * rules of one's own, and the rest is 0. A joint that is derived from a missing joint (all 0) is missing too.
 * @throws OssatureError when the points are not of the layout, scores are not one per joint, the layouts differ in
 * dimensions, or a rule names no joint
 */
export function convertPoints<A extends Coordinates>(
  points: Points<A>,
  from: Layout,
  to: Layout,
  options: ConversionOptions<A> = {},
): ConvertedPoints<A> {
  const { score, rules } = options
  requireJointsOf(points, from)
  if (score) requireScorePerJoint(points, score)
  const conversion = planConversion(from, to, rules)
  const converted = middlesOf(points, conversion.sources)
  if (score === undefined) return { points: converted, conversion }
  const scores = zeroPoints({ ...points, data: score }, { joints: to.joints.length, channels: 1 }).data
  for (let frame = 0; frame < points.persons * points.frames; frame++) {
    conversion.sources.forEach((sources, joint) => {
      if (sources.length === 0) return
      scores[frame * to.joints.length + joint] = Math.min(
        ...sources.map((source) => score[frame * points.joints + source.joint]),
      )
    })
  }
  return { points: converted, score: scores, conversion }
}

function requireScorePerJoint({ persons, frames, joints }: Points<Coordinates>, score: ArrayLike<number>): void {
  const count = persons * frames * joints
  if (score.length === count) return
  throw new OssatureError('the scores do not fit the points', {
    expected: `${count} scores, one per joint`,
    found: `${score.length}`,
  })
}

function middleOf(parts: readonly (readonly ConversionSource[])[]): ConversionSource[] {
  const shares = new Map<number, number>()
  for (const { joint, share } of parts.flat()) shares.set(joint, (shares.get(joint) ?? 0) + share / parts.length)
  return Array.from(shares, ([joint, share]) => ({ joint, share }))
}

function middlesOf<A extends Coordinates>(points: Points<A>, sources: Conversion['sources']): Points<A> {
  const { data, joints, channels } = points
  const result = zeroPoints(points, { joints: sources.length })
  const isMissing = (at: number) => data.subarray(at, at + channels).every((value) => value === 0)
  for (let frame = 0; frame < points.persons * points.frames; frame++) {
    sources.forEach((group, joint) => {
      const parts = group.map((source) => ({ at: (frame * joints + source.joint) * channels, share: source.share }))
      if (parts.some(({ at }) => isMissing(at))) return
      for (let c = 0; c < channels; c++) {
        const sum = parts.reduce((total, { at, share }) => total + share * data[at + c], 0)
        result.data[(frame * sources.length + joint) * channels + c] = sum
      }
    })
  }
  return result
}

function checkRules(from: Layout, to: Layout, rules: Readonly<Record<string, ConversionRule>>): void {
  const where = `conversion from ${from.name} to ${to.name}`
  if (from.dimensions !== to.dimensions) {
    throw new OssatureError('poses of other dimensions', {
      where,
      expected: `${to.dimensions}-D poses`,
      found: `${from.dimensions}-D poses`,
      hint: 'Project 3-D poses into an image first, or choose a layout of the same dimensions, see withDimensions().',
    })
  }
  for (const [joint, rule] of Object.entries(rules)) {
    const known = (name: string) => from.joints.includes(name) || conversionRules.has(name)
    const wrong = to.joints.includes(joint) ? rule.find((source) => !known(source)) : joint
    if (wrong === undefined && rule.length > 0) continue
    throw new OssatureError('a rule that cannot be followed', {
      where: `${where}, rule for ${joint}`,
      expected: 'a joint of the new layout from joints of the old one',
      found: wrong ?? 'no joint',
    })
  }
}
