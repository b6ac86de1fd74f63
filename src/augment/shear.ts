import type { RandomStream } from '../random/stream.ts'
import type { Coordinates } from '../skeleton/allocate.ts'
import type { Points } from '../skeleton/points.ts'
import { transformPoints } from '../skeleton/rotation.ts'

/** In which order the entries beside the diagonal are drawn: the first of every row and then the second, or row by row. */
export type ShearOrder = 'firsts-then-seconds' | 'rows'

/**
 * p becomes S p with ones on the diagonal of S and six draws uniform in [-r, r) beside
 * it. BRL, AimCLR, HiCLR and SkateFormer draw the first entry of every row and then the second, SMI attack and HaLP
 * draw row by row.
 */
export function shear<A extends Coordinates>(
  points: Points<A>,
  stream: RandomStream,
  r = 0.5,
  order: ShearOrder = 'firsts-then-seconds',
): Points<A> {
  const draws = Array.from({ length: 6 }, () => stream.uniform(-r, r))
  const [a1, b1, a2, b2, a3, b3] = order === 'rows' ? draws : [0, 3, 1, 4, 2, 5].map((draw) => draws[draw])
  return transformPoints(points, [
    [1, a1, b1],
    [a2, 1, b2],
    [a3, b3, 1],
  ])
}
