import { expect, test } from 'vitest'
import { appearance } from '../../../src/evaluate/report/series.ts'

test('28 runs are told apart by colour and symbol, or by colour and dash', () => {
  const looks = Array.from({ length: 28 }, (_, index) => appearance(index))
  expect(new Set(looks.map(({ colour, symbol }) => colour + symbol)).size).toBe(28)
  expect(new Set(looks.map(({ colour, dash }) => colour + dash)).size).toBe(28)
})
