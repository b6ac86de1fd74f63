import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SYSTEMS, systemNamed } from '../../src/systems/index.ts'
import { describeOptions, resolveOptions } from '../../src/systems/options.ts'
import { readMetrics } from '../../src/train/run/metrics-log.ts'
import { readRun } from '../../src/train/run/run-record.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { smallData, train } from './small-runs.ts'
import { UNFIT } from './unfit-data.ts'

const newFolder = temporaryFolders()

describe('the systems', () => {
  it('have names of their own that fit on a command line', () => {
    const names = SYSTEMS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
  })

  it('are found by name; a wrong name gets the nearest', () => {
    for (const system of SYSTEMS) expect(systemNamed(system.name)).toBe(system)
    expect(() => systemNamed('basline')).toThrow(
      /no such system\n.*expected: baseline, brl.*\n.*basline\n.*Did you mean baseline\?/,
    )
    expect(() => systemNamed('xyz')).toThrow(/found: {4}xyz$/)
  })
})

describe.each(SYSTEMS.map(({ name, ...system }) => ({ name, system })))('$name', ({ name, system }) => {
  it('says where it was published', () => {
    const { title, authors, year, paper, code } = system.publication
    for (const text of [system.description, title, authors]) expect(text).toMatch(/\S/)
    expect(year).toBeGreaterThan(2000)
    for (const address of [paper, code]) expect(address ?? 'https://none').toMatch(/^https:\/\/\S+$/)
  })

  it('has a description and a default for every option, or leaves it open', () => {
    const rows = describeOptions(system.options)
    expect(rows.length).toBeGreaterThan(0)
    for (const { name, type, required, description } of rows) {
      expect(description, name).toMatch(/\S.{8,}/)
      expect(type, name).not.toBe('any value')
      expect(required, name).toBe(false)
    }
    expect(() => resolveOptions(system.options, [])).not.toThrow()
  })

  it.runIf('clipLength' in system.options.shape)('refuses clips without frames', () => {
    for (const clipLength of [0, -64]) {
      const values = { clipLength }
      expect(() => resolveOptions(system.options, [{ origin: 'o', values }])).toThrow(
        /wrong value for option clipLength/,
      )
    }
  })

  it('takes the values of its released code', () => {
    const values = { ...system.asReleased }
    expect(resolveOptions(system.options, [{ origin: '--as-released', values }])).toMatchObject(values)
  })

  it('trains for two epochs on generated motion, reports and exports', async () => {
    const out = join(newFolder(), 'run')
    const data = smallData()
    const { folder, report } = await train(name, out, data)
    expect(folder).toBe(out)
    expect(readRun(out).status).toBe('finished')
    expect(
      readdirSync(out)
        .filter((file) => !file.startsWith('events.out.tfevents.'))
        .sort(),
    ).toEqual([
      'checkpoints',
      'environment.json',
      'metrics.jsonl',
      'model.onnx',
      'options.yaml',
      'report.html',
      'scores.safetensors',
    ])
    const lines = readMetrics(join(out, 'metrics.jsonl'))
    const last = lines.filter(({ phase }) => phase === lines.at(-1)?.phase)
    expect(last.map(({ epoch }) => epoch)).toEqual([1, 2])
    for (const { loss, learningRate } of lines) {
      expect(loss).toBeGreaterThan(0)
      expect(learningRate).toBeGreaterThan(0)
    }
    const { top1, confusion } = report.result
    const counts = confusion.flat().reduce((sum, count) => sum + count, 0)
    expect(counts).toBe(data.split.test.length)
    expect(top1).toBeCloseTo(confusion.reduce((sum, row, k) => sum + row[k], 0) / counts, 12)
    expect(report).toMatchObject({ name: 'run', system: name, dataset: { synthetic: true } })
    expect(report.options).toMatchObject({ system: name, dataset: 'synthetic', epochs: 2 })
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(`${name} on synthetic`)
  }, 60_000)

  it.each(UNFIT)('refuses %s before anything is written', async (_, message, change) => {
    const runs = join(newFolder(), 'runs')
    const { options, ...data } = change(smallData())
    await expect(train(name, join(runs, 'run'), data, options)).rejects.toThrow(message)
    expect(existsSync(runs)).toBe(false)
  })
})
