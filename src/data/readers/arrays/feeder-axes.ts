import { OssatureError } from '../../../errors.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { layoutByName } from '../../../skeleton/layouts/index.ts'
import type { Clip } from '../../clip.ts'
import { layoutOfJoints } from '../shared/layout-of-joints.ts'
import { checkFinite } from '../shared/pose-array.ts'

/** Where the numbers of one clip of an array stand. */
export interface ClipAxes {
  readonly layout: string
  readonly persons: number
  readonly frames: number
  readonly joints: number
  readonly channels: number
  /** The third coordinate is a confidence. */
  readonly scored: boolean
  /** Numbers of a clip. */
  readonly size: number
  /** Distance of neighbours along each axis. */
  readonly strides: {
    readonly person: number
    readonly frame: number
    readonly joint: number
    readonly channel: number
  }
}

const JOINT_COUNTS = new Set([13, 17, 18, 20, 21, 25, 32, 33])
const isChannels = (length: number) => length === 2 || length === 3

/**
 * The axes of an array of clips, by its lengths: (N, T, M V C) with 2 persons of 25 joints, (N, C, T, V, M),
 * (N, M, T, V, C) or (N, T, V, C). Lengths 2 and 3 are taken for two persons and three coordinates, as the feeders have
 * them.
 * @param own layout of the joints; default: the usual one for so many
 * @throws OssatureError when the lengths fit none of them, or two
 */
export function clipAxesOf(shape: readonly number[], where: string, own?: Layout): ClipAxes {
  const lengths = shape.slice(1)
  const counts = own ? new Set([own.joints.length]) : JOINT_COUNTS
  const possible = shape.includes(0) ? [] : candidates(lengths, counts)
  const usual = possible.filter(({ persons, channels }) => persons <= 2 && channels === 3)
  const fitting = usual.length === 1 ? usual : possible
  if (fitting.length === 1) return withLayout(fitting[0], lengths, where, own)
  throw new OssatureError(fitting.length > 1 ? 'the axes have two meanings' : 'the axes have no known meaning', {
    where,
    expected: '(N, T, 150), (N, C, T, V, M), (N, M, T, V, C) or (N, T, V, C) with 2 or 3 coordinates',
    found: `(${shape.join(', ')})`,
    hint: 'Save the array in one of these orders, and with another number of persons than coordinates.',
  })
}

type Order = Pick<ClipAxes, 'persons' | 'frames' | 'joints' | 'channels' | 'strides'>

function candidates(lengths: readonly number[], counts: ReadonlySet<number>): Order[] {
  const [a, b, c, d] = lengths
  const found: Order[] = []
  if (lengths.length === 2 && counts.has(25) && b % 75 === 0 && b <= 150) {
    const strides = { person: 75, frame: b, joint: 3, channel: 1 }
    found.push({ persons: b / 75, frames: a, joints: 25, channels: 3, strides })
  }
  if (lengths.length === 3 && isChannels(c) && counts.has(b)) {
    found.push({
      persons: 1,
      frames: a,
      joints: b,
      channels: c,
      strides: { person: 0, frame: b * c, joint: c, channel: 1 },
    })
  }
  if (lengths.length === 4 && counts.has(c)) {
    if (isChannels(a) && d <= 10) {
      const strides = { person: 1, frame: c * d, joint: d, channel: b * c * d }
      found.push({ persons: d, frames: b, joints: c, channels: a, strides })
    }
    if (isChannels(d) && a <= 10) {
      const strides = { person: b * c * d, frame: c * d, joint: d, channel: 1 }
      found.push({ persons: a, frames: b, joints: c, channels: d, strides })
    }
  }
  return found
}

function withLayout(order: Order, lengths: readonly number[], where: string, own?: Layout): ClipAxes {
  const { joints, channels } = order
  const size = lengths.reduce((product, length) => product * length, 1)
  if (own) {
    if (channels >= own.dimensions) return { ...order, layout: own.name, scored: channels > own.dimensions, size }
    throw new OssatureError('the array does not have the coordinates of the layout', {
      where,
      expected: `${own.dimensions} coordinates, layout ${own.name}`,
      found: `${channels}`,
    })
  }
  // Three coordinates of a layout that is known in the plane only are x, y and confidence.
  const flat = channels === 2 || joints === 13 || joints === 17 || joints === 18
  const layout = layoutOfJoints(joints, flat ? 2 : 3, where)
  const scored = channels > layoutByName(layout).dimensions
  return { ...order, layout, scored, size }
}

/**
 * The clip of an array's row: without zeros behind its last frame, and without persons who are never there.
 * @throws OssatureError for a number that is not finite
 */
export function clipOfAxes(values: ArrayLike<number>, axes: ClipAxes, where: string): Pick<Clip, 'points' | 'score'> {
  const { persons, frames, joints, channels, strides, scored } = axes
  checkFinite(values, axes, where)
  const at = (m: number, t: number, v: number, c: number) =>
    values[m * strides.person + t * strides.frame + v * strides.joint + c * strides.channel]
  const isEmpty = (m: number, t: number) => {
    for (let v = 0; v < joints; v++) for (let c = 0; c < channels; c++) if (at(m, t, v, c) !== 0) return false
    return true
  }
  let length = 0
  let present = 1
  for (let m = 0; m < persons; m++) {
    let last = frames - 1
    while (last >= 0 && isEmpty(m, last)) last -= 1
    if (last >= 0) present = m + 1
    length = Math.max(length, last + 1)
  }
  // A clip of zeros keeps its length: it is for the checks of data to tell.
  const kept = length === 0 ? frames : length
  const dimensions = scored ? channels - 1 : channels
  const data = new Float32Array(present * kept * joints * dimensions)
  const score = scored ? new Float32Array(present * kept * joints) : undefined
  let next = 0
  for (let m = 0; m < present; m++) {
    for (let t = 0; t < kept; t++) {
      for (let v = 0; v < joints; v++, next++) {
        for (let c = 0; c < dimensions; c++) data[next * dimensions + c] = at(m, t, v, c)
        if (score) score[next] = at(m, t, v, channels - 1)
      }
    }
  }
  return { points: { data, persons: present, frames: kept, joints, channels: dimensions }, ...(score && { score }) }
}
