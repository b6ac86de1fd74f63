import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { confusionFigure, confusionTable } from '../../../src/evaluate/report/confusion.ts'
import { sampleReport } from './sample-report.ts'

const figureOf = (classes: number) => {
  const run = sampleReport({ classes }).runs[0]
  const html = confusionFigure(run, 'run')
  return { run, html, document: parseHTML(`<html><body>${html}</body></html>`).document }
}

describe.each([10, 60, 120])('a confusion matrix of %i classes', (classes) => {
  const { run, html, document } = figureOf(classes)
  const svg = document.querySelector('svg.heat')

  test('has a label for every row and column, in letters of at least 7.5 pixels', () => {
    expect(svg?.querySelectorAll('g[text-anchor=end] text')).toHaveLength(2 * classes)
    expect(Number(svg?.getAttribute('style')?.match(/font-size:([\d.]+)px/)?.[1])).toBeGreaterThanOrEqual(7.5)
  })

  test('fits a page of 1200 pixels and 150 kilobytes', () => {
    expect(Number(svg?.getAttribute('width'))).toBeLessThanOrEqual(1200)
    expect(html.length).toBeLessThan(150_000)
  })

  test('paints exactly the cells that are not zero', () => {
    const painted = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
    for (const path of svg?.querySelectorAll('g[transform] path') ?? []) {
      for (const [, column, row, width] of (path.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)h(\d+)/g)) {
        for (let offset = 0; offset < Number(width); offset++) painted[Number(row)][Number(column) + offset]++
      }
    }
    expect(painted).toEqual(run.result.confusion.map((row) => row.map((value) => (value > 0 ? 1 : 0))))
  })

  test('carries the counts for the pointer', () => {
    const { names, counts } = JSON.parse(document.querySelector('script')?.textContent ?? '')
    expect(names).toEqual(run.dataset.classes)
    const total = counts.flat().reduce((sum: number, [, value]: [number, number]) => sum + value, 0)
    expect(total).toBe(40 * classes)
  })
})

test('rows and columns go from many to few training clips', () => {
  const run = sampleReport({ classes: 3 }).runs[0]
  run.dataset.classes = ['few', 'many', 'medium']
  run.dataset.trainCounts = [3, 300, 30]
  run.result.confusion = [
    [1, 2, 0],
    [0, 9, 4],
    [5, 0, 6],
  ]
  const { document } = parseHTML(`<html><body>${confusionFigure(run, 'run')}</body></html>`)
  const { names, counts } = JSON.parse(document.querySelector('script')?.textContent ?? '')
  expect(names).toEqual(['many', 'medium', 'few'])
  expect(counts).toEqual([
    [
      [0, 9],
      [1, 4],
    ],
    [
      [1, 6],
      [2, 5],
    ],
    [
      [0, 2],
      [2, 1],
    ],
  ])
})

test('the table lists the most frequent confusions first', () => {
  const run = sampleReport({ classes: 3 }).runs[0]
  run.dataset.classes = ['a', 'b', 'c']
  run.result.confusion = [
    [8, 2, 0],
    [0, 9, 1],
    [5, 0, 5],
  ]
  const { document } = parseHTML(`<html><body>${confusionTable(run)}</body></html>`)
  const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent),
  )
  expect(rows).toEqual([
    ['c', 'a', '5', '50%'],
    ['a', 'b', '2', '20%'],
    ['b', 'c', '1', '10%'],
  ])
})
