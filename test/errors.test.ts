import { expect, it } from 'vitest'
import { shortLines, shortList } from '../src/errors.ts'

it('a list of a few items is shown whole', () => {
  expect(shortList(['a', 'b', 'c'], 3)).toBe('a, b, c')
  expect(shortLines(['a', 'b', 'c'], 3)).toEqual(['a', 'b', 'c'])
  expect(shortList([])).toBe('')
})

it('a longer list says how many there are besides', () => {
  expect(shortList(['a', 'b', 'c', 'd'], 3)).toBe('a, b, c and 1 more')
  expect(shortLines(['a', 'b', 'c', 'd'], 2)).toEqual(['a', 'b', 'and 2 more'])
})

it('a name out of a file cannot fill the terminal', () => {
  expect(shortList(['x'.repeat(10_000), 'y'])).toMatch(/^x{100}\.\.\., y$/)
})
