import { OssatureError } from '../../src/errors.ts'
import type { Points } from '../../src/skeleton/points.ts'
import type { Closeness, GoldenTest, Values } from '../adapter.ts'

/** Poses (M, T, V, C) of an input rule, in the precision that the rule gives. */
export function posesOf(test: GoldenTest, rule: unknown): Points<Float32Array | Float64Array> {
  const values = test.values(rule)
  return posesFrom(values, arrayOf(values))
}

/** The same in double precision, for transforms that the original computed in it. */
export function doublePosesOf(test: GoldenTest, rule: unknown): Points<Float64Array> {
  const values = test.values(rule)
  return posesFrom(values, Float64Array.from(values.data))
}

/** Points as numbers with a shape, (M, T, V, C). */
export function valuesOf(points: Points<Float32Array | Float64Array>): Values {
  const { data, persons, frames, joints, channels } = points
  return { data, shape: [persons, frames, joints, channels] }
}

/** The fixture's own relative tolerance, or the guide value for the transform's precision. */
export function transformTolerance(test: GoldenTest, precision: 'float32' | 'float64' = 'float32'): Closeness {
  const guide = precision === 'float32' ? 1e-5 : 1e-9
  return { relative: test.tolerance?.relative ?? guide, absolute: test.tolerance?.absolute }
}

function posesFrom<A extends Float32Array | Float64Array>(values: Values, data: A): Points<A> {
  if (values.shape.length !== 4) {
    throw new OssatureError('not poses', { expected: '(M, T, V, C)', found: `(${values.shape.join(', ')})` })
  }
  const [persons, frames, joints, channels] = values.shape
  return { data, persons, frames, joints, channels }
}

function arrayOf({ data }: Values): Float32Array | Float64Array {
  return data instanceof Float64Array ? data : Float32Array.from(data)
}
