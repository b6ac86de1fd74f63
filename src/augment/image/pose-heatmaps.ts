import { OssatureError } from '../../errors.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import { exchangedOrder, type Layout, limbsOf, mirrorOrder } from '../../skeleton/layout.ts'
import { drawPeak, drawRidge, isPointLike } from './gaussian-peak.ts'
import type { ImagePoses } from './image-poses.ts'

/** Pictures over time, row-major (T, channels, height, width). */
export interface HeatmapVolume {
  readonly data: Float32Array
  readonly frames: number
  readonly channels: number
  readonly height: number
  readonly width: number
}

export interface PoseHeatmapOptions {
  /** One channel per joint, or one per limb of the layout. Default `joints`. */
  channels?: 'joints' | 'limbs'
  /** Standard deviation in pixels. Default 0.6. */
  sigma?: number
  /** Heights are the scores; otherwise 1. Default true. */
  useScore?: boolean
  /** Append the volume seen in a mirror, left and right channels exchanged, behind the T frames. Default false. */
  double?: boolean
  /** The channels that are exchanged. Default: those of the layout's mirrored joints, or of the limbs between them. */
  exchanged?: readonly (readonly [left: number, right: number])[]
  /** Factor of the image's size. Default 1. */
  scaling?: number
}

/** The part of a layout that heatmaps need. */
export type HeatmapLayout = Pick<Layout, 'joints' | 'mirrored' | 'inward' | 'limbs' | 'name'>

/** Joints and limbs with a lower score are not drawn. */
const LOWEST_SCORE = 1e-3

/**
 * GeneratePoseTarget of PYSKL, the input of PoseC3D: a Gaussian at every joint, or along every limb, as high as its
 * score (the lower score of a limb's ends), and of several persons the highest. Joints outside the image draw what
 * reaches into it.
 * @throws OssatureError when the poses have another number of joints than the layout, or not two coordinates.
 */
export function poseHeatmaps(
  poses: ImagePoses<Coordinates>,
  layout: HeatmapLayout,
  options: PoseHeatmapOptions = {},
): HeatmapVolume {
  const { channels: kind = 'joints', sigma = 0.6, useScore = true, double = false, scaling = 1 } = options
  const { persons, frames, joints, channels: coordinates } = poses.points
  if (joints !== layout.joints.length || coordinates !== 2) {
    throw new OssatureError('poses that no heatmap can be made of', {
      where: `layout ${layout.name}`,
      expected: `${layout.joints.length} joints with 2 coordinates`,
      found: `${joints} joints with ${coordinates}`,
    })
  }
  const [height, width] = poses.imageShape.map((size) => Math.trunc(size * scaling + 0.5))
  const limbs = limbsOf(layout)
  const channels = kind === 'joints' ? joints : limbs.length
  const data = new Float32Array((double ? 2 : 1) * frames * channels * height * width)
  for (let frame = 0; frame < frames; frame++) {
    for (let person = 0; person < persons; person++) {
      const first = (person * frames + frame) * joints
      const place = (joint: number): [number, number] => [
        scaled(poses.points.data[2 * (first + joint)], scaling),
        scaled(poses.points.data[2 * (first + joint) + 1], scaling),
      ]
      const score = (joint: number) => (useScore && poses.score ? poses.score[first + joint] : 1)
      for (let channel = 0; channel < channels; channel++) {
        const plane = { data, offset: (frame * channels + channel) * height * width, height, width }
        const [start, end] = kind === 'joints' ? [channel, channel] : limbs[channel]
        const value = Math.min(score(start), score(end))
        if (!(value >= LOWEST_SCORE)) continue
        if (isPointLike(place(start), place(end))) drawPeak(plane, place(start), score(start), sigma)
        else drawRidge(plane, place(start), place(end), value, sigma)
      }
    }
  }
  const volume: HeatmapVolume = { data, frames, channels, height, width }
  if (!double) return volume
  const order = kind === 'joints' ? mirrorOrder(layout) : mirroredLimbs(layout)
  appendMirrored(volume, options.exchanged ? exchangedOrder(channels, options.exchanged) : order)
  return { ...volume, frames: 2 * frames }
}

/**
 * The clips of a volume, each (channels, L, height, width): L frames after one another, so a doubled volume gives the
 * mirrored clips behind the others.
 * @throws OssatureError when the frames do not divide into clips of that length.
 */
export function heatmapClips(volume: HeatmapVolume, clipLength: number): Float32Array[] {
  const { data, frames, channels, height, width } = volume
  if (frames % clipLength !== 0) {
    throw new OssatureError('frames do not divide into clips of equal length', {
      expected: `a multiple of ${clipLength} frames`,
      found: `${frames}`,
    })
  }
  const pixels = height * width
  return Array.from({ length: frames / clipLength }, (_, clip) => {
    const result = new Float32Array(channels * clipLength * pixels)
    for (let t = 0; t < clipLength; t++) {
      for (let channel = 0; channel < channels; channel++) {
        const from = ((clip * clipLength + t) * channels + channel) * pixels
        result.set(data.subarray(from, from + pixels), (channel * clipLength + t) * pixels)
      }
    }
    return result
  })
}

/** For every limb its mirror image; a limb without one is its own. */
export function mirroredLimbs(layout: HeatmapLayout): number[] {
  const limbs = limbsOf(layout)
  const other = mirrorOrder(layout)
  const key = (a: number, b: number) => (a < b ? `${a}-${b}` : `${b}-${a}`)
  const indices = new Map(limbs.map(([a, b], limb) => [key(a, b), limb]))
  return limbs.map(([a, b], limb) => indices.get(key(other[a], other[b])) ?? limb)
}

/** Scaled coordinates are stored in single precision. */
function scaled(coordinate: number, scaling: number): number {
  return scaling === 1 ? coordinate : Math.fround(coordinate * scaling)
}

/** Fills the second half of the data. */
function appendMirrored({ data, frames, channels, height, width }: HeatmapVolume, order: readonly number[]): void {
  for (let frame = 0; frame < frames; frame++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < height; row++) {
        const from = ((frame * channels + order[channel]) * height + row) * width
        const to = (((frames + frame) * channels + channel) * height + row) * width
        for (let column = 0; column < width; column++) data[to + column] = data[from + width - 1 - column]
      }
    }
  }
}
