import type { RandomStream } from '../random/stream.ts'
import type { Coordinates } from '../skeleton/allocate.ts'
import type { Points } from '../skeleton/points.ts'
import { transformPoints } from '../skeleton/rotation.ts'

/**
 * Shear of BRL: p becomes S p with S = [[1, a1, b1], [a2, 1, b2], [a3, b3, 1]], six draws uniform in [-r, r) in the
 * order a1, a2, a3, b1, b2, b3.
 */
export function shear<A extends Coordinates>(points: Points<A>, stream: RandomStream, r = 0.5): Points<A> {
  const [a1, a2, a3, b1, b2, b3] = Array.from({ length: 6 }, () => stream.uniform(-r, r))
  return transformPoints(points, [
    [1, a1, b1],
    [a2, 1, b2],
    [a3, b3, 1],
  ])
}
