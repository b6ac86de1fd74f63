import { expect, test } from 'vitest'
import { renderSummary } from '../../src/evaluate/summary.ts'
import { sampleReport } from './report/sample-report.ts'

test('one aligned line per run', () => {
  const data = sampleReport({ runs: 2 })
  for (const run of data.runs) run.dataset.synthetic = false
  expect(`${renderSummary(data)}\n`).toBe(`2 ways to train ST-GCN on long tails

run               top-1  top-5  class mean   many  medium    few  many/3  medium/3  few/3  difference
-----------------------------------------------------------------------------------------------------
plain             72.0%  90.0%       72.0%  86.9%   67.5%  56.7%   86.9%     67.5%  56.7%
balanced softmax  80.3%  98.3%       80.3%  93.1%   76.7%  66.7%   93.1%     76.7%  66.7%        +8.3
`)
})

test('a group without classes shows a dash where another run has such classes', () => {
  const data = sampleReport({ runs: 2 })
  data.runs[0].result.few = null
  expect(renderSummary(data).split('\n')[4]).toMatch(/67\.5% {6}– {3}86\.9%/)
})

test('a column without a value in any run is left out', () => {
  const data = sampleReport({ runs: 2 })
  for (const { result } of data.runs) Object.assign(result, { top5: null, few: null })
  expect(renderSummary(data).split('\n')[2]).toBe(
    'run               top-1  class mean   many  medium  many/3  medium/3  few/3  difference',
  )
})

test('synthetic data are named as such', () => {
  expect(renderSummary(sampleReport())).toMatch(/Synthetic data: not comparable with recordings\.$/)
})

test('control characters in names do not reach the terminal', () => {
  const data = sampleReport()
  data.runs[0].name = 'run\u001b[31m\nx'
  expect(renderSummary(data)).toContain('run?[31m?x ')
})
