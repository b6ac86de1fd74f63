import { OssatureError } from '../errors.ts'
import { type Coordinates, zeroPoints } from './allocate.ts'
import { ancestors, type Layout } from './layout.ts'
import type { Points } from './points.ts'
import { requireJointsOf } from './points-of-layout.ts'
import { type Precision, rounder } from './precision.ts'

/** Joints, bones, and bones that reach two (`k`, the skip stream of BRL), three or four joints up. */
export const baseStreams = ['j', 'b', 'k', 'l', 'n'] as const
export type BaseStream = (typeof baseStreams)[number]
/** A base stream or its motion, for example `bm`. */
export type StreamName = BaseStream | `${BaseStream}m`

/** Every base stream, followed by its motion. */
export const streamNames: readonly StreamName[] = baseStreams.flatMap((stream) => [stream, `${stream}m` as const])

const steps: Readonly<Record<Exclude<BaseStream, 'j'>, number>> = { b: 1, k: 2, l: 3, n: 4 }

export interface StreamOptions {
  /** Confidence per joint (M, T, V) of 2-D poses; becomes a third channel. */
  score?: ArrayLike<number>
  /** Tables that replace the layout's ancestors, one partner per joint. */
  partners?: Partial<Record<BaseStream, readonly number[]>>
  /** The format that differences of joints are rounded to; default: that of the points. */
  stored?: Precision
}

/**
 * The named streams, concatenated on the channel axis in the order given (GenSkeFeat of PYSKL and BRL).
 * Bones are single precision; joints and their motion keep the precision of the points.
 * @throws OssatureError for no or an unknown stream, points or partners of another layout, or scores of a 3-D layout.
 */
export function skeletonStreams(
  points: Points<Coordinates>,
  layout: Layout,
  names: readonly StreamName[],
  options: StreamOptions = {},
): Points<Coordinates> {
  requireJointsOf(points, layout)
  if (names.length === 0)
    throw new OssatureError('a clip is seen by at least one stream', { expected: streamNames.join(', ') })
  const joints = options.score ? appendScore(points, layout, options.score) : points
  const streams = names.map((name) => {
    const base = baseStreams.find((candidate) => name === candidate || name === `${candidate}m`)
    if (!base) {
      throw new OssatureError('unknown stream', {
        expected: streamNames.join(', '),
        found: String(name),
      })
    }
    if (base === 'j') return name === 'j' ? joints : motionStream(joints, layout, options.stored)
    const partners = options.partners?.[base] ?? ancestors(layout, steps[base])
    checkPartners(partners, layout)
    const bones = boneStream(joints, layout, partners, options.stored)
    return name === base ? bones : motionStream(bones, layout)
  })
  return concatenateChannels(streams)
}

/** joint - partner, per joint, in single precision; the score channel of a 2-D bone is the mean of both joints' scores. */
export function boneStream(
  points: Points<Coordinates>,
  layout: Layout,
  partners: readonly number[] = layout.parents,
  stored: Precision = 'float64',
): Points<Float32Array> {
  const { data, joints, channels } = points
  const round = rounder(stored)
  const bones = new Float32Array(data.length)
  const scored = hasScore(points, layout)
  for (let frame = 0; frame < data.length; frame += joints * channels) {
    for (let joint = 0; joint < joints; joint++) {
      const at = frame + joint * channels
      const partner = frame + partners[joint] * channels
      for (let c = 0; c < channels; c++) bones[at + c] = round(data[at + c] - data[partner + c])
      if (scored) bones[at + 2] = round(round(data[at + 2] + data[partner + 2]) / 2)
    }
  }
  return { ...points, data: bones }
}

/** x[t + 1] - x[t], 0 in the last frame; the score channel of a 2-D motion is the mean of both frames' scores. */
export function motionStream<A extends Coordinates>(
  points: Points<A>,
  layout: Layout,
  stored: Precision = 'float64',
): Points<A> {
  const round = rounder(stored)
  const { data, persons, frames, joints, channels } = points
  const motion = zeroPoints(points)
  const frameSize = joints * channels
  const averaged = hasScore(points, layout) && layout.motionScore !== 'difference'
  for (let person = 0; person < persons; person++) {
    const start = person * frames * frameSize
    for (let i = start; i < start + (frames - 1) * frameSize; i++) {
      const now = data[i]
      const next = data[i + frameSize]
      motion.data[i] = averaged && i % channels === 2 ? round(round(now + next) / 2) : round(next - now)
    }
  }
  return motion
}

/** The given points side by side on the channel axis, in the highest precision among them. */
export function concatenateChannels(parts: readonly Points<Coordinates>[]): Points<Coordinates> {
  if (parts.length === 1) return parts[0]
  const channels = parts.reduce((sum, part) => sum + part.channels, 0)
  const widest = parts.find((part) => part.data instanceof Float64Array) ?? parts[0]
  const result = zeroPoints(widest, { channels })
  let offset = 0
  for (const part of parts) {
    for (let i = 0; i < part.data.length; i++) {
      const row = Math.floor(i / part.channels)
      result.data[row * channels + offset + (i % part.channels)] = part.data[i]
    }
    offset += part.channels
  }
  return result
}

function appendScore(points: Points<Coordinates>, layout: Layout, score: ArrayLike<number>): Points<Coordinates> {
  const count = points.persons * points.frames * points.joints
  if (layout.dimensions !== 2 || points.channels !== 2 || score.length !== count) {
    throw new OssatureError('scores belong to 2-D poses with one score per joint', {
      where: `layout ${layout.name}`,
      expected: `2 channels and ${count} scores`,
      found: `${points.channels} channels and ${score.length} scores, layout with ${layout.dimensions} dimensions`,
    })
  }
  return concatenateChannels([points, { ...points, channels: 1, data: Float32Array.from(score) }])
}

function hasScore(points: Points<Coordinates>, layout: Layout): boolean {
  return layout.dimensions === 2 && points.channels === 3
}

function checkPartners(partners: readonly number[], { name, joints }: Layout): void {
  const wrong = partners.find((partner) => !Number.isInteger(partner) || partner < 0 || partner >= joints.length)
  if (partners.length === joints.length && wrong === undefined) return
  throw new OssatureError('the partners of joints are not of this layout', {
    where: `layout ${name}`,
    expected: `one per joint, from 0 to ${joints.length - 1}`,
    found: wrong === undefined ? `${partners.length} partners` : `partner ${wrong}`,
  })
}
