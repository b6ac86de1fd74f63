import { expect, test } from 'vitest'
import { textTable } from '../../src/evaluate/text-table.ts'

test('the first column is aligned to the left, the others to the right, below a rule', () => {
  expect(
    textTable([
      ['run', 'top-1'],
      ['a long name', '9'],
    ]),
  ).toEqual(['run          top-1', '------------------', 'a long name      9'])
})

test('a character beyond 16 bits is as wide as any other', () => {
  expect(
    textTable([
      ['ab', '1'],
      ['\u{1d538}b', '22'],
    ]),
  ).toEqual(['ab   1', '------', '\u{1d538}b  22'])
})
