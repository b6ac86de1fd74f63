import type { Points } from '../../skeleton/points.ts'

/** A clip's joints as 16-bit integers, in text form, for the page's player. */
export interface EncodedClip {
  persons: number
  frames: number
  joints: number
  /** 2 or 3. */
  channels: number
  /** The first shown frame of the recording, from 0, and how many of its frames the shown ones stand for. */
  first: number
  span: number
  /** Length of the shown motion in seconds. */
  seconds: number
  /** Largest distance from the vertical axis through the centre, in quantised units. */
  halfWidth: number
  /** Largest distance above or below the centre, in quantised units. */
  halfHeight: number
  /** Base64 of little-endian int16, (T, M, V, C), second coordinate upwards; -32768 where a joint is missing. */
  points: string
}

const LARGEST = 32767
const MISSING = -32768

/**
 * Quantises a clip: frames before the first and after the last visible person are cut off, at most `maxFrames` evenly spaced frames
 * are kept, and all coordinates are centred and scaled by one factor. A person whose joints are all zero or not finite is absent
 * from that frame; so is a single joint that is not finite or, in two dimensions, lies exactly at the origin (how pose estimators
 * mark a joint they did not find).
 */
export function encodeClip(
  points: Points,
  settings: { maxFrames: number; vertical: 'up' | 'down'; framesPerSecond: number },
): EncodedClip {
  const { joints } = points
  const channels = Math.min(points.channels, 3)
  const [first, last] = visibleFrames(points)
  const span = last - first + 1
  const frames = Math.min(span, Math.max(1, settings.maxFrames))
  const kept = Array.from({ length: frames }, (_, t) => first + Math.floor(((t + 0.5) * span) / frames))
  const persons = Array.from({ length: points.persons }, (_, m) => m).filter((m) =>
    kept.some((t) => isPersonVisible(points, m, t)),
  )

  const values = new Float64Array(frames * persons.length * joints * channels).fill(Number.NaN)
  let at = 0
  for (const t of kept) {
    for (const m of persons) {
      const personVisible = isPersonVisible(points, m, t)
      for (let v = 0; v < joints; v++) {
        if (personVisible && isJointVisible(points, m, t, v)) {
          const from = ((m * points.frames + t) * joints + v) * points.channels
          for (let c = 0; c < channels; c++) values[at + c] = points.data[from + c]
          if (settings.vertical === 'down') values[at + 1] = -values[at + 1]
        }
        at += channels
      }
    }
  }
  const shape = {
    persons: persons.length,
    frames,
    joints,
    channels,
    first,
    span,
    seconds: span / settings.framesPerSecond,
  }
  return { ...shape, ...quantise(values, channels) }
}

/** How many frames of such a clip, encoded, fit into a number of characters; within the limits in any case. */
export function framesWithin(
  characters: number,
  { persons, joints, channels }: Points,
  { fewest, most }: { readonly fewest: number; readonly most: number },
): number {
  const perFrame = persons * joints * Math.min(3, channels) * 2 * (4 / 3)
  return Math.max(fewest, Math.min(most, Math.floor(characters / perFrame)))
}

/** Of every frame the quantised coordinates of its joints, person after person; undefined where a joint is missing. */
export function decodeFrames(clip: EncodedClip): (readonly number[] | undefined)[][] {
  const { persons, frames, joints, channels } = clip
  const bytes = Buffer.from(clip.points, 'base64')
  return Array.from({ length: frames }, (_, frame) =>
    Array.from({ length: persons * joints }, (_, at) => {
      const start = (frame * persons * joints + at) * channels
      const joint = Array.from({ length: channels }, (_, c) => bytes.readInt16LE(2 * (start + c)))
      return joint[0] === MISSING ? undefined : joint
    }),
  )
}

function quantise(values: Float64Array, channels: number) {
  const low = new Array<number>(channels).fill(Number.POSITIVE_INFINITY)
  const high = new Array<number>(channels).fill(Number.NEGATIVE_INFINITY)
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) continue
    low[index % channels] = Math.min(low[index % channels], value)
    high[index % channels] = Math.max(high[index % channels], value)
  }
  const extent = Math.max(0, ...high.map((value, c) => (value - low[c]) / 2))
  const scale = extent > 0 ? LARGEST / extent : 1

  const bytes = new DataView(new ArrayBuffer(values.length * 2))
  let halfWidth = 1
  let halfHeight = 1
  for (let start = 0; start < values.length; start += channels) {
    const joint = Array.from({ length: channels }, (_, c) => {
      const value = values[start + c]
      return Number.isNaN(value) ? MISSING : Math.round((value - (low[c] + high[c]) / 2) * scale)
    })
    for (const [c, value] of joint.entries()) bytes.setInt16((start + c) * 2, value, true)
    if (joint[0] === MISSING) continue
    halfWidth = Math.max(halfWidth, Math.round(Math.hypot(joint[0], joint[2] ?? 0)))
    halfHeight = Math.max(halfHeight, Math.abs(joint[1]))
  }
  return { halfWidth, halfHeight, points: Buffer.from(bytes.buffer).toString('base64') }
}

function visibleFrames(points: Points): [first: number, last: number] {
  let first = -1
  let last = -1
  for (let t = 0; t < points.frames; t++) {
    let visible = false
    for (let m = 0; m < points.persons && !visible; m++) visible = isPersonVisible(points, m, t)
    if (visible && first < 0) first = t
    if (visible) last = t
  }
  return first < 0 ? [0, Math.max(0, points.frames - 1)] : [first, last]
}

function isPersonVisible(points: Points, person: number, frame: number): boolean {
  const size = points.joints * points.channels
  const start = (person * points.frames + frame) * size
  for (let index = start; index < start + size; index++) {
    const value = points.data[index]
    if (value !== 0 && Number.isFinite(value)) return true
  }
  return false
}

function isJointVisible(points: Points, person: number, frame: number, joint: number): boolean {
  const { data, channels } = points
  const start = ((person * points.frames + frame) * points.joints + joint) * channels
  let zeros = 0
  for (let c = 0; c < Math.min(channels, 3); c++) {
    if (!Number.isFinite(data[start + c])) return false
    if (data[start + c] === 0) zeros++
  }
  return !(channels === 2 && zeros === 2)
}
