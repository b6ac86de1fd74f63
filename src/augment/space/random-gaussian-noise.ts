import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

export interface GaussianNoiseOptions {
  /** Standard deviation relative to the pose's diagonal. Default 0.01. */
  sigma?: number
  /** Whose bounding box gives the diagonal: each person's in each frame, or the whole clip's. Default `frame`. */
  base?: 'frame' | 'video'
  /** One noise vector per joint for all frames, with base `video` only. Default false. */
  shared?: boolean
}

/** Frames whose smallest coordinates have at most this squared length count as empty. */
const EMPTY = 1e-4

/**
 * RandomGaussianNoise of PYSKL: every joint moves in a random direction by N(0, sigma) times the diagonal of the
 * bounding box. Draws: all normal values in the order of the joints, then the directions, axis by axis.
 * @throws OssatureError for shared noise without the base `video`, and for that base where a clip has no pose
 */
export function randomGaussianNoise<A extends Coordinates>(
  points: Points<A>,
  options: GaussianNoiseOptions,
  stream: RandomStream,
): Points<A> {
  const { sigma = 0.01, base = 'frame', shared = false } = options
  if (shared && base === 'frame') {
    throw new OssatureError('shared noise needs one diagonal', { expected: 'base video', found: 'base frame' })
  }
  const { joints, channels } = points
  const diagonals = base === 'frame' ? frameDiagonals(points) : videoDiagonals(points)
  const vectors = shared ? joints : diagonals.length * joints
  const lengths = Float64Array.from({ length: vectors }, () => stream.normal() * sigma)
  const directions = randomDirections(vectors, channels, stream)
  const result = zeroPoints(points)
  for (let i = 0; i < points.data.length; i++) {
    const joint = Math.floor(i / channels)
    const vector = shared ? joint % joints : joint
    const size = lengths[vector] * diagonals[Math.floor(joint / joints)]
    result.data[i] = points.data[i] + directions[(i % channels) * vectors + vector] * size
  }
  return result
}

/** (C, count): uniform in the cube, then of length 1. */
function randomDirections(count: number, channels: number, stream: RandomStream): Float64Array {
  const vectors = Float64Array.from({ length: channels * count }, () => stream.uniform(-1, 1))
  for (let i = 0; i < count; i++) {
    let squared = 0
    for (let c = 0; c < channels; c++) squared += vectors[c * count + i] ** 2
    for (let c = 0; c < channels; c++) vectors[c * count + i] /= Math.sqrt(squared)
  }
  return vectors
}

interface Box {
  readonly least: Float64Array
  readonly most: Float64Array
}

function frameBoxes(points: Points<Coordinates>): Box[] {
  const { channels, joints, data } = points
  return Array.from({ length: points.persons * points.frames }, (_, frame) => {
    const least = new Float64Array(channels).fill(Number.POSITIVE_INFINITY)
    const most = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY)
    for (let i = frame * joints * channels; i < (frame + 1) * joints * channels; i++) {
      least[i % channels] = Math.min(least[i % channels], data[i])
      most[i % channels] = Math.max(most[i % channels], data[i])
    }
    return { least, most }
  })
}

const isPresent = ({ least }: Box) => least.reduce((sum, value) => sum + value * value, 0) > EMPTY

const diagonal = ({ least, most }: Box) => Math.hypot(...most.map((value, axis) => value - least[axis]))

function frameDiagonals(points: Points<Coordinates>): number[] {
  return frameBoxes(points).map((box) => (isPresent(box) ? diagonal(box) : 0))
}

function videoDiagonals(points: Points<Coordinates>): number[] {
  const boxes = frameBoxes(points)
  const present = boxes.filter(isPresent)
  if (present.length === 0) {
    throw new OssatureError('noise relative to the clip needs a frame with a pose', { found: 'an empty clip' })
  }
  const whole = present.reduce((a, b) => ({
    least: a.least.map((value, axis) => Math.min(value, b.least[axis])),
    most: a.most.map((value, axis) => Math.max(value, b.most[axis])),
  }))
  return boxes.map((box) => (isPresent(box) ? diagonal(whole) : 0))
}
