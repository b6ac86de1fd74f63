import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { constant, type DataType, f32, full, scalar, trace } from '../../src/tensor/index.ts'

describe('a constant', () => {
  it.each([
    ['f32', Float32Array.of(1, 2)],
    ['i32', Int32Array.of(1, 2)],
    ['i64', BigInt64Array.of(1n, 2n)],
    ['bool', Uint8Array.of(1, 0)],
  ] as const)('has the type of its data: %s', (dtype, data) => {
    expect(String(constant(data, [2, 1]))).toBe(`${dtype}[2, 1]`)
  })

  it('is filled by its data', () => {
    const making = () => constant(Float32Array.of(1, 2, 3), [2])
    expect(making).toThrow(OssatureError)
    expect(making).toThrow(/2 values for \[2\][\s\S]*3 values/)
  })

  it.each<[number, DataType]>([
    [0.5, 'i32'],
    [2 ** 31, 'i32'],
    [-(2 ** 31) - 1, 'i32'],
    [Number.NaN, 'i64'],
    [2 ** 53, 'i64'],
  ])('is a number that its type holds: not %s as %s', (value, dtype) => {
    expect(() => scalar(value, dtype)).toThrow(`${value} as ${dtype}`)
  })

  it('takes the first and the last int32', () => {
    const ends = [-(2 ** 31), 2 ** 31 - 1].map((value) => scalar(value, 'i32').node.attributes.data[0])
    expect(ends).toEqual([-2147483648, 2147483647])
  })
})

describe('a shape of fractions or negative lengths is refused', () => {
  it.each<[string, () => unknown]>([
    ['of an input', () => trace({ x: f32(2, 12.5) }, ({ x }) => ({ x }))],
    ['of an input', () => trace({ x: f32(-1) }, ({ x }) => ({ x }))],
    ['of equal numbers', () => full([2.5], 1)],
    ['of data', () => constant(Float32Array.of(1), [0.5, 2])],
  ])('%s', (_, making) => {
    expect(making).toThrow(OssatureError)
    expect(making).toThrow(/whole lengths/)
  })
})
