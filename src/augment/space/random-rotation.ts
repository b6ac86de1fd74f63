import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { rotation2d, rotationXYZ, transformPoints } from '../../skeleton/rotation.ts'

export interface RandomRotationOptions {
  /** Largest angle in radians. Default 0.3. */
  theta?: number
  /** Largest angle of a 2-D rotation. Default theta; the release of PYSKL draws up to 1 by a slip. */
  upper2d?: number
  /** Whether a clip of zeros is `kept` without a draw (PYSKL, default) or `rotated` like any other (CTR-GCN, FR-Head). */
  empty?: 'kept' | 'rotated'
}

/**
 * RandomRot of PYSKL: the whole clip turned by angles uniform in [-theta, theta), one per axis in the order x, y, z, or
 * one in the image plane. A clip of zeros is returned without a draw unless `empty` is `rotated`.
 * @throws OssatureError for other than two or three coordinates.
 */
export function randomRotation<A extends Coordinates>(
  points: Points<A>,
  options: RandomRotationOptions,
  stream: RandomStream,
): Points<A> {
  const { theta = 0.3, upper2d = theta, empty = 'kept' } = options
  if (empty === 'kept' && points.data.every((value) => Math.abs(value) <= 1e-8)) return points
  if (points.channels === 2) return transformPoints(points, rotation2d(stream.uniform(-theta, upper2d)))
  if (points.channels !== 3) {
    throw new OssatureError('rotation of such points is not defined', {
      expected: '2 or 3 coordinates',
      found: `${points.channels}`,
    })
  }
  const x = stream.uniform(-theta, theta)
  const y = stream.uniform(-theta, theta)
  const z = stream.uniform(-theta, theta)
  return transformPoints(points, rotationXYZ([x, y, z]))
}
