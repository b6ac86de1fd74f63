import { OssatureError } from '../../../errors.ts'
import { toNumbers } from '../../../files/array-elements.ts'
import { NumpyArray } from '../../../files/pickle/numpy.ts'
import { describeValue, type PickleValue } from '../../../files/pickle/values.ts'
import type { ShapedNumbers } from '../shared/pose-array.ts'

export type PickleMap = ReadonlyMap<PickleValue, PickleValue>

/** @throws OssatureError when the value is no array of numbers */
export function arrayAt(value: PickleValue | undefined, where: string): ShapedNumbers {
  if (!(value instanceof NumpyArray)) {
    throw new OssatureError('there is no array of NumPy', { where, expected: 'numbers', found: describeValue(value) })
  }
  return { data: toNumbers(value.data), shape: value.shape }
}

/** @throws OssatureError when the value is no dictionary */
export function mapAt(value: PickleValue | undefined, where: string): PickleMap {
  if (value instanceof Map) return value
  throw new OssatureError('there is no dictionary', { where, expected: 'a dictionary', found: describeValue(value) })
}

/** A number as it is, or the only one of an array without axes. */
export function scalarOf(value: PickleValue | undefined): unknown {
  return value instanceof NumpyArray && value.shape.length === 0 ? Number(value.data[0]) : value
}
