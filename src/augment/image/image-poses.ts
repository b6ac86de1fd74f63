import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

/** Height and width in pixels. */
export type ImageShape = readonly [height: number, width: number]

/** A rectangle as shares of an image: left, top, width, height. */
export type RelativeBox = readonly [left: number, top: number, width: number, height: number]

/** Poses in pixels together with the image that they lie in. */
export interface ImagePoses<A extends Coordinates = Float32Array> {
  /** (M, T, V, 2), x to the right and y downwards. A coordinate that is 0 is missing. */
  readonly points: Points<A>
  readonly imageShape: ImageShape
  /** Confidence per joint, (M, T, V). */
  readonly score?: A
  /** Which part of the recorded image this image is. Default: all of it. */
  readonly crop?: RelativeBox
}

/** The part of the recorded image that is left when `inner` is cut out of the part `outer`. */
export function cropOfCrop(outer: RelativeBox = [0, 0, 1, 1], inner: RelativeBox): RelativeBox {
  return [outer[0] + outer[2] * inner[0], outer[1] + outer[3] * inner[1], outer[2] * inner[2], outer[3] * inner[3]]
}
