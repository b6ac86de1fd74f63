import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Adapter } from '../../golden/adapter.ts'
import { failureLine, summaryLine } from '../../golden/report.ts'
import { loadAdapter, runFixture } from '../../golden/runner.ts'

const scaling: Adapter = {
  system: 'made-up',
  kind: 'scaling',
  run({ config, inputs, values, stream }, check) {
    const { data, shape } = values(inputs.x)
    const factor = config.factor * (config.noisy ? stream().unit() : 1)
    check.close(['output'], { data: Array.from(data, (x) => x * factor), shape }, { relative: 1e-6 })
  },
}

describe('running a fixture file', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'golden-'))
    mkdirSync(join(folder, 'made-up'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const run = (content: object | string, adapter: Adapter | undefined = scaling) => {
    const file = join(folder, 'made-up', 'scaling--any.json')
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return runFixture(file, async () => adapter)
  }
  const base = { system: 'made-up', kind: 'scaling', config: { factor: 2 }, inputs: { x: [1, 2] } }

  test('a file without cases is one case', async () => {
    const results = await run({ ...base, expected: { output: [2, 4] } })
    expect(results).toEqual([{ file: 'made-up/scaling--any.json', name: '', status: 'passed', failures: [] }])
  })

  test('a case is laid over the file key by key', async () => {
    const cases = [
      { name: 'as the file', expected: { output: [2, 4] } },
      { name: 'own factor', config: { factor: 3 }, expected: { output: [3, 6] } },
      { config: { factor: 4 }, inputs: { x: [1] }, expected: { output: [4] } },
      { config: { noisy: true }, draws: [{ call: 'unit', args: [], result: 0.5 }], expected: { output: [1, 2] } },
    ]
    const results = await run({ ...base, cases })
    expect(results.map(({ name, status }) => [name, status])).toEqual([
      ['as the file', 'passed'],
      ['own factor', 'passed'],
      ['2', 'passed'],
      ['3', 'passed'],
    ])
  })

  test('a wrong number is one failure with deviation and bound', async () => {
    const [result] = await run({ ...base, expected: { output: [2, 5] } })
    expect(result.status).toBe('failed')
    expect(failureLine(result, result.failures[0])).toBe(
      'FAIL made-up/scaling--any.json output: element 1 is 4, expected 5 (relative deviation 2.00e-1, bound 1.00e-6)',
    )
  })

  test('expected values that were not compared and draws left over fail', async () => {
    const [unused] = await run({ ...base, expected: { output: [2, 4], loss: 1, eval: { a: 1, b: 2 } } })
    expect(unused.failures.map(({ message }) => message)).toEqual(['not compared: loss, eval'])
    const draws = [1, 2].map(() => ({ call: 'unit', args: [], result: 1 }))
    const [left] = await run({ ...base, config: { factor: 2, noisy: true }, draws, expected: { output: [2, 4] } })
    expect(left.failures[0].message).toContain('1 of 2 draws left over')
  })

  test('an adapter that throws, none, none for the kind, or a broken file fail', async () => {
    const throwing = { ...scaling, run: () => Promise.reject(new Error('not finished')) }
    expect((await run({ ...base, expected: {} }, throwing))[0].failures[0].message).toContain('not finished')
    const file = join(folder, 'made-up', 'scaling--any.json')
    expect((await runFixture(file, async () => undefined))[0].failures[0].message).toBe(
      'no adapter for made-up/scaling',
    )
    expect((await run('{'))[0].status).toBe('failed')
    expect((await run(base))[0].failures[0].message).toBe('the fixture has no expected values')
  })

  test('files of another kind than the wanted one are left out', async () => {
    await run({ ...base, expected: { output: [2, 4] } })
    const file = join(folder, 'made-up', 'scaling--any.json')
    expect(await runFixture(file, async () => scaling, 'other')).toEqual([])
  })
})

describe('adapters', () => {
  test('are found by system and kind', async () => {
    expect(await loadAdapter('brl', 'fusion')).toMatchObject({ system: 'brl', kind: 'fusion' })
    expect(await loadAdapter('brl', 'no-such-kind')).toBeUndefined()
  })
})

test('the last line', () => {
  expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed')
})
