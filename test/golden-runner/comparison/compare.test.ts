import { describe, expect, test } from 'vitest'
import { compareClose } from '../../../golden/comparison/compare.ts'
import { compareExact } from '../../../golden/comparison/exact.ts'

const close = (expected: unknown, actual: unknown, relative = 1e-3, absolute?: number) =>
  compareClose(expected, actual as number[], { relative, absolute })

describe('closeness', () => {
  test('is relative to the largest magnitude of the tensor, not to the element', () => {
    expect(close([100, 0], [100, 0.09])).toBeUndefined()
    const mismatch = close([100, 0], [100, 0.2])
    expect(mismatch?.deviation).toBeCloseTo(2e-3)
    expect(mismatch?.bound).toBeCloseTo(1e-3)
    expect(mismatch?.message).toBe('element 1 is 0.2, expected 0')
  })

  test('an absolute bound is accepted as well', () => {
    expect(close([0, 0], [1e-9, 0])).toBeDefined()
    expect(close([0, 0], [1e-9, 0], 1e-3, 1e-8)).toBeUndefined()
  })

  test('NaN and null match each other and nothing else', () => {
    expect(close([null, 1], [Number.NaN, 1])).toBeUndefined()
    expect(close([null, 1], [0, 1])).toBeDefined()
    expect(close([0, 1], [Number.NaN, 1])).toBeDefined()
    expect(close(null, Number.NaN)).toBeUndefined()
    expect(close([1], [Infinity])).toBeDefined()
  })

  test('shapes have to agree', () => {
    const values = { data: [1, 2, 3, 4], shape: [2, 2] }
    expect(
      close(
        [
          [1, 2],
          [3, 4],
        ],
        values,
      ),
    ).toBeUndefined()
    expect(close({ shape: [2, 2], values: [1, 2, 3, 4] }, values)).toBeUndefined()
    expect(close({ shape: [4], values: [1, 2, 3, 4] }, values)?.message).toBe('shape [2,2], expected [4]')
    expect(close([1, 2, 3], [1, 2])?.message).toContain('shape')
  })

  test('a sparse tensor is 0 where nothing is listed', () => {
    const sparse = { shape: [2, 2], nonzero: [[1, 0, 5]] }
    expect(close(sparse, { data: [0, 0, 5, 0], shape: [2, 2] })).toBeUndefined()
    expect(close(sparse, { data: [1, 0, 5, 0], shape: [2, 2] })).toBeDefined()
  })

  test('a number, an object that is no tensor, a text', () => {
    expect(close(2, 2.001)).toBeUndefined()
    expect(close(2, 2.1)).toBeDefined()
    expect(close({ a: 1 }, 2)?.message).toContain('no tensor')
    expect(close('two', 2)?.message).toContain('text')
  })
})

describe('digests', () => {
  const data = [3, -4, 0, 0]
  const digest = { shape: [2, 2], sum: -1, l2: 5, head: [3, -4] }

  test('agree with their tensor and compare the shape exactly', () => {
    expect(close(digest, { data, shape: [2, 2] })).toBeUndefined()
    expect(close(digest, { data, shape: [4] })?.message).toContain('shape')
  })

  test('l2 relatively, head against its largest entry, sum against sqrt(n) * l2', () => {
    expect(close(digest, { data: [3, -4, 0.0039, 0], shape: [2, 2] })).toBeUndefined()
    expect(close(digest, { data: [3, -4, 0, 0.02], shape: [2, 2] })?.message).toMatch(/^sum/)
    expect(close(digest, { data: [3, -4, 0.3, -0.3], shape: [2, 2] })?.message).toMatch(/^l2/)
    expect(close(digest, { data: [-4, 3, 0, 0], shape: [2, 2] })?.message).toMatch(/^head/)
  })

  test('sums of the slices of the first axis', () => {
    const sums = { ...digest, sums_by_first_axis: [-1, 0] }
    expect(close(sums, { data, shape: [2, 2] })).toBeUndefined()
    expect(close({ ...digest, sums_by_first_axis: [0, -1] }, { data, shape: [2, 2] })?.message).toMatch(
      /^sums_by_first/,
    )
  })
})

describe('exactness', () => {
  test('lists, typed arrays, maps, values and texts by content', () => {
    expect(compareExact([1, 2], Int32Array.of(1, 2))).toBeUndefined()
    expect(compareExact({ a: [1] }, new Map([['a', [1]]]))).toBeUndefined()
    expect(
      compareExact(
        [
          [1, 2],
          [3, 4],
        ],
        { data: [1, 2, 3, 4], shape: [2, 2] },
      ),
    ).toBeUndefined()
    expect(compareExact({ shape: [2], values: [1, null] }, { data: [1, Number.NaN], shape: [2] })).toBeUndefined()
    expect(compareExact('a\r\n', 'a\r\n')).toBeUndefined()
    expect(compareExact(null, undefined)).toBeUndefined()
  })

  test('the first difference is named', () => {
    expect(compareExact({ a: [1, 2] }, { a: [1, 3] })?.message).toBe('a[1] is 3, expected 2')
    expect(compareExact([1], [1, 2])?.message).toBe('2 items, expected 1')
    expect(compareExact(true, 1)?.message).toBe('is 1, expected true')
    expect(compareExact({ a: 1 }, { a: 1, b: 2 })?.message).toBe('b is 2, expected undefined')
  })
})
