import { createHash } from 'node:crypto'
import { Script } from 'node:vm'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { renderReport } from '../../../src/evaluate/report/index.ts'
import type { ReportData } from '../../../src/evaluate/report/report-data.ts'
import { sampleReport } from './sample-report.ts'

function open(data: ReportData) {
  const html = renderReport(data)
  return { html, document: parseHTML(html).document }
}

const difference = { value: 0.1, low: 0, high: 0.2, pValue: 0.04 }
const testOf = (run: string) => {
  return { run, won: 3, lost: 1, mcNemar: 0.6, mcNemarHolm: 0.6, top1: difference, meanClass: difference }
}

describe('the page of one run', () => {
  const data = sampleReport({ classes: 10 })
  const { html, document } = open(data)
  const run = data.runs[0]

  test('gives the answer in the first sentence and the groups in the first table', () => {
    expect(document.querySelector('.lead')?.textContent).toContain('72.0% of 400 test clips in 10 classes')
    const cells = [...document.querySelectorAll('.accuracies tbody td')].map((cell) => cell.firstChild?.textContent)
    expect(cells).toEqual(['72.0%', '90.0%', '72.0%', '52.5%', '86.9%', '67.5%', '56.7%', '86.9%', '67.5%', '56.7%'])
  })

  test('has every section, and a link to each', () => {
    const titles = [...document.querySelectorAll('section > h2')].map((title) => title.textContent)
    expect(titles).toEqual([
      'Accuracy',
      'Learning curves',
      'Accuracy per class',
      'Confusions',
      'Hardest clips',
      'What was run',
      'Deviations and notes',
    ])
    for (const link of document.querySelectorAll('nav a')) {
      expect(document.querySelector(link.getAttribute('href') ?? '')).not.toBeNull()
    }
  })

  test('lists every class with its training clips, from many to few', () => {
    const rows = [...document.querySelectorAll('table.full tbody tr')].map((row) => [
      row.querySelector('th')?.textContent,
      row.querySelectorAll('td')[1].textContent,
    ])
    expect(rows).toEqual(run.dataset.classes.map((name, index) => [name, String(run.dataset.trainCounts[index])]))
  })

  test('shows options, environment, notes and clip ids', () => {
    for (const text of [
      'optimizer.weightDecay',
      '0.0005',
      'onnxruntime-node 1.30.0',
      ...run.notes,
      run.hardest[0].id,
    ]) {
      expect(document.body.textContent).toContain(text)
    }
  })

  test('says that data are synthetic, and only then', () => {
    expect(document.querySelector('.notice')?.textContent).toContain('Synthetic data.')
    const recorded = sampleReport()
    recorded.runs[0].dataset.synthetic = false
    expect(renderReport(recorded).match(/class="notice"|synthetic/i)).toBeNull()
  })

  test('requests nothing: no address occurs in it, and its policy forbids any request', () => {
    const withoutData = html.replace(/<script type="application\/json">.*?<\/script>/gs, '')
    expect(withoutData.match(/https?:|\/\/[a-z]|url\(|@import|src=|<link/gi)).toBeNull()
    expect(html.includes("default-src 'none'")).toBe(true)
  })

  test('names every image, table and control for screen readers', () => {
    for (const image of document.querySelectorAll('svg[role=img]')) {
      expect(image.querySelector('title')?.textContent).not.toBe('')
      expect(image.querySelector('desc')?.textContent).not.toBe('')
    }
    for (const table of document.querySelectorAll('table')) expect(table.querySelector('caption')).not.toBeNull()
    for (const canvas of document.querySelectorAll('canvas')) expect(canvas.getAttribute('aria-label')).toMatch(/clip/)
    for (const control of document.querySelectorAll('button, input')) {
      expect(control.getAttribute('aria-label') ?? control.textContent).not.toBe('')
    }
  })

  test('runs one script, which is named by its hash', () => {
    const script = document.querySelector('script:not([type])')?.textContent ?? ''
    expect(() => new Script(script)).not.toThrow()
    const hash = createHash('sha256').update(script).digest('base64')
    expect(html.includes(`script-src 'sha256-${hash}'`)).toBe(true)
  })

  test('describes a curve in words', () => {
    const rate = [...document.querySelectorAll('.chart')].find(
      (chart) => chart.querySelector('title')?.textContent === 'Learning rate',
    )
    expect(rate?.querySelector('desc')?.textContent).toBe('from 0.02 at epoch 1 to 0.001 at epoch 60, lowest 0.001.')
  })
})

test('texts from files stay texts', () => {
  const hostile = `</script><script>alert(1)</script><img src=x onerror="alert('2')">&amp;`
  const data = sampleReport({ classes: 3, runs: 2 })
  for (const run of data.runs) {
    run.name = `${run.name} ${hostile}`
    run.system = hostile
    run.dataset.name = hostile
    run.dataset.layout = hostile
    run.dataset.classes[1] = hostile
    run.hardest[0].id = hostile
    run.notes = [hostile]
    run.options[hostile] = { [hostile]: hostile }
    run.environment[hostile] = [hostile]
    for (const epoch of run.history) epoch.phase = hostile
  }
  data.title = hostile
  const tests = [testOf(data.runs[1].name)]
  data.comparison = { baseline: data.runs[0].name, note: hostile, tests }
  const alone = { ...data, runs: data.runs.slice(0, 1), comparison: { ...data.comparison, tests: [] } }
  for (const report of [data, alone]) {
    const { html, document } = open(report)
    expect(html.match(/<script>alert|<img/)).toBeNull()
    expect(document.querySelector('img, [onerror]')).toBeNull()
    expect(document.querySelectorAll('script:not([type])')).toHaveLength(1)
    expect(document.querySelector('h1')?.textContent).toBe(hostile)
    for (const data of document.querySelectorAll('script[type]'))
      expect(() => JSON.parse(data.textContent ?? '')).not.toThrow()
  }
})

describe('several runs', () => {
  const data = sampleReport({ classes: 12, runs: 3 })
  const { document } = open(data)

  test('stand side by side in one table, the best of each column marked, differences to the baseline beside', () => {
    const rows = [...document.querySelectorAll('.accuracies tbody tr')]
    expect(rows.map((row) => row.querySelector('th')?.textContent)).toEqual(data.runs.map((run) => run.name))
    const top1 = data.runs.map((run) => run.result.top1)
    const best = top1.indexOf(Math.max(...top1))
    expect(rows.map((row) => row.querySelector('td')?.className)).toEqual(
      top1.map((_, index) => (index === best ? 'best' : '')),
    )
    const difference = `+${(100 * (top1[1] - top1[0])).toFixed(1)}`
    expect(rows[1].querySelector('td small')?.textContent).toBe(difference)
  })

  test('say what the small figures are, of the baseline and of the others', () => {
    const small = [...document.querySelectorAll('.accuracies tbody tr')].map(
      (row) => row.querySelector('td small')?.textContent,
    )
    expect(small[0]).toMatch(/^\d+\.\d to \d+\.\d$/)
    expect(document.querySelector('.remark')?.textContent).toMatch(
      /difference to plain in percentage points; of plain itself the 95% interval/,
    )
  })

  test('separate the options that differ from those they share', () => {
    const differing = document.querySelector('[aria-label="Options that differ"]')
    expect([...(differing?.querySelectorAll('tbody th') ?? [])].map((head) => head.textContent)).toEqual([
      'loss',
      'streams',
    ])
    expect(document.querySelector('details [aria-label="Options that all runs share"]')?.textContent).toContain(
      'batchSize',
    )
  })

  test('share one chart of classes when they share the data set, and have one each otherwise', () => {
    expect(document.querySelectorAll('svg.classes')).toHaveLength(1)
    const mixed = sampleReport({ classes: 12, runs: 2 })
    mixed.runs[1] = sampleReport({ classes: 8 }).runs[0]
    mixed.comparison = undefined
    expect(open(mixed).document.querySelectorAll('svg.classes')).toHaveLength(2)
  })
})

test.each([1, 4])('a page of %i runs, 120 classes and twelve long clips of two persons stays below 2 MB', (runs) => {
  const data = sampleReport({ classes: 120, runs, clips: 12, frames: 300 })
  for (const run of data.runs) {
    for (const clip of run.hardest) clip.points.data.copyWithin(clip.points.data.length / 2, 0)
    for (const row of run.result.confusion)
      for (const [column, value] of row.entries()) row[column] = value + ((column * 7) % 5)
  }
  expect(renderReport(data).length).toBeLessThan(2_000_000)
})

describe('what is missing is left out', () => {
  test('no history, no hard clips, no notes, classes without clips', () => {
    const data = sampleReport({ classes: 4 })
    const run = data.runs[0]
    run.history = []
    run.hardest = []
    run.notes = []
    run.dataset.trainCounts = [200, 150, 0, 0]
    run.dataset.testCounts[3] = 0
    run.result.confusion[3] = [0, 0, 0, 0]
    run.result.perClass[3] = null
    Object.assign(run.result, { medium: null, top5: null })
    const { html, document } = open(data)
    expect(document.querySelector('#learning')).toBeNull()
    expect(document.querySelector('#hardest')).toBeNull()
    expect(document.querySelector('#notes p')?.textContent).toBe('None recorded.')
    expect(html.match(/NaN|Infinity|undefined|>null</)).toBeNull()
  })

  test('one epoch, one class', () => {
    const data = sampleReport({ classes: 1, clips: 1 })
    data.runs[0].history.length = 1
    expect(renderReport(data).match(/NaN|Infinity|undefined/)).toBeNull()
  })
})

describe('data that do not fit are refused', () => {
  test.each<[string, (data: ReportData) => void, RegExp]>([
    ['no run', (data) => data.runs.splice(0), /at least one run/],
    [
      'a class without accuracy',
      (data) => data.runs[0].result.perClass.pop(),
      /run plain: result\.perClass[\s\S]*10 entries[\s\S]*9 entries/,
    ],
    ['a short row of the confusion matrix', (data) => data.runs[0].result.confusion[2].pop(), /result\.confusion\[2\]/],
    ['a class index out of range', (data) => Object.assign(data.runs[0].hardest[0], { label: 10 }), /0 to 9/],
    ['a bone to nowhere', (data) => data.runs[0].dataset.bones.push([25, 3]), /bone \(25, 3\)/],
    ['an unknown baseline', (data) => Object.assign(data, { comparison: { baseline: 'other' } }), /baseline/],
    [
      'two runs of one name that are compared',
      (data) => {
        data.runs.push(data.runs[0])
        data.comparison = { baseline: 'plain' }
      },
      /same name\n.*plain/,
    ],
    [
      'a test of an unknown run',
      (data) => Object.assign(data, { comparison: { baseline: 'plain', tests: [testOf('other')] } }),
      /none of the runs[\s\S]*other/,
    ],
    [
      'a test of a run with other classes',
      (data) => {
        data.runs.push({ ...sampleReport({ classes: 8 }).runs[0], name: 'eight' })
        data.comparison = { baseline: 'plain', tests: [testOf('eight')] }
      },
      /run eight: [\s\S]*10 classes, as plain\n.*8/,
    ],
  ])('%s', (_, damage, message) => {
    const data = sampleReport()
    damage(data)
    expect(() => renderReport(data)).toThrow(message)
  })
})
