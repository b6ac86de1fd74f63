import { OssatureError } from '../../errors.ts'
import { type Coordinates, toFloat32 } from '../../skeleton/allocate.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import type { ImageShape } from '../image/image-poses.ts'
import { type PreNormalize2dOptions, preNormalize2d } from './pre-normalize-2d.ts'
import { type PreNormalize3dOptions, preNormalize3d } from './pre-normalize-3d.ts'

/** Poses in an image, the same with confidences, or poses in space. */
export type PoseKind = 'image' | 'scored image' | 'space'

export interface PreNormalizeOptions extends Pick<PreNormalize3dOptions, 'stored' | 'alignSpine' | 'alignCenter'> {
  /** Height and width of the image in pixels, where coordinates are pixels. Default: the box around the joints. */
  imageShape?: ImageShape
  /** Confidence per joint, (M, T, V), of poses in an image. */
  score?: ArrayLike<number>
  /** Joints with a score up to this are missing. Default 0.01. */
  threshold?: number
}

/**
 * What a clip of a layout holds: by the layout's dimensions, and scores beside the points or in a channel behind them.
 * @throws OssatureError for channels that the layout does not have.
 */
export function poseKind(points: Points<Coordinates>, layout: Layout, score?: ArrayLike<number>): PoseKind {
  const { channels } = points
  if (layout.dimensions === 3 && channels === 3 && !score) return 'space'
  if (layout.dimensions === 2 && channels === 2) return score ? 'scored image' : 'image'
  if (layout.dimensions === 2 && channels === 3 && !score) return 'scored image'
  throw new OssatureError('points that are not of this layout', {
    where: `layout ${layout.name}`,
    expected: layout.dimensions === 3 ? '3 coordinates without scores' : '2 coordinates, with or without one score',
    found: `${channels} channels ${score ? 'and' : 'without'} scores`,
  })
}

/**
 * The normalisation that suits the layout. Poses in space: centred, upright and to the front by the layout's own axes
 * (PreNormalize3D of PYSKL with the joints of the layout). Poses in an image: PreNormalize2D of PYSKL with the image's
 * size, or with the box around the joints where the size is not known; shares of an image become [-1, 1]. Coordinates
 * relative to a body stay as they are.
 * @throws OssatureError for channels that the layout does not have, and for 3-D layouts without axes.
 */
export function preNormalize(
  points: Points<Coordinates>,
  layout: Layout,
  options: PreNormalizeOptions = {},
): Points<Float32Array> {
  const { imageShape, score, threshold, ...inSpace } = options
  if (poseKind(points, layout, score) === 'space') {
    return toFloat32(preNormalize3d(points, { ...inSpace, ...layoutAxes(layout) }).points)
  }
  const inImage: PreNormalize2dOptions = { score, threshold }
  if (layout.unit === 'image') return preNormalize2d(points, { ...inImage, imageShape: [1, 1] })
  if (layout.unit === 'relative') return preNormalize2d(points, { ...inImage, mode: 'none' })
  return preNormalize2d(points, imageShape ? { ...inImage, imageShape } : { ...inImage, mode: 'auto' })
}

/**
 * The joints of a layout that PreNormalize3D needs.
 * @throws OssatureError when the layout states no axes.
 */
export function layoutAxes({
  name,
  axes,
}: Pick<Layout, 'name' | 'axes'>): Required<Pick<PreNormalize3dOptions, 'zaxis' | 'xaxis' | 'centerJoint'>> {
  if (axes) return { centerJoint: axes.origin, zaxis: axes.up, xaxis: axes.across }
  throw new OssatureError('3-D poses of this layout cannot be turned to the front', {
    where: `layout ${name}`,
    expected: 'axes: the joints of origin, trunk and shoulders',
    found: 'none',
    hint: 'State `axes` in the layout, or choose another normalisation.',
  })
}
