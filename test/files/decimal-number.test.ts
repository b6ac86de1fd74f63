import { expect, it } from 'vitest'
import { decimalNumber } from '../../src/files/decimal-number.ts'

it('takes time in proportion to the text, also where it is no number', () => {
  // A pattern that can divide the digits in two ways would take minutes.
  const digits = '1'.repeat(200_000)
  for (const end of ['x', '.x', 'e', '.1.']) expect(decimalNumber(digits + end)).toBeNaN()
  expect(decimalNumber(digits)).toBe(Number.POSITIVE_INFINITY)
})
