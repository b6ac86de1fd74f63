import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { type Matrix, transformPoints } from '../../skeleton/rotation.ts'

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
  const ofOrder = (first: number) => draws.filter((_, i) => (order === 'rows' ? i % 2 : Math.floor(i / 3)) === first)
  return transformPoints(points, shearing(ofOrder(0), ofOrder(1)))
}

/** The matrix with ones on the diagonal and beside it the first and the second entry of every row. */
export function shearing(firsts: readonly number[], seconds: readonly number[]): Matrix {
  return [
    [1, firsts[0], seconds[0]],
    [firsts[1], 1, seconds[1]],
    [firsts[2], seconds[2], 1],
  ]
}
