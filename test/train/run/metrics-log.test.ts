import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MetricsLog, type MetricsRecord, readMetrics } from '../../../src/train/run/metrics-log.ts'
import { failingFileSystem } from '../failing-file-system.ts'
import { temporaryFolders } from '../temporary-folder.ts'

const newFolder = temporaryFolders()
const newPath = () => join(newFolder(), 'metrics.jsonl')

function write(path: string, records: readonly MetricsRecord[], continueFrom?: number) {
  const log = new MetricsLog(path, continueFrom)
  for (const record of records) log.append(record)
  log.close()
}

const line = (step: number): MetricsRecord => ({
  step,
  epoch: Math.floor(step / 10),
  phase: 'train',
  loss: 1 / (step + 1),
})

describe('metrics.jsonl', () => {
  it('has one JSON object per line', () => {
    const path = newPath()
    write(path, [
      { step: 1, loss: 0.5 },
      { step: 2, loss: 0.25, phase: 'train', best: true },
    ])
    expect(readFileSync(path, 'utf8')).toBe(
      '{"step":1,"loss":0.5}\n{"step":2,"loss":0.25,"phase":"train","best":true}\n',
    )
    expect(readMetrics(path)).toEqual([
      { step: 1, loss: 0.5 },
      { step: 2, loss: 0.25, phase: 'train', best: true },
    ])
  })

  it('keeps numbers that JSON has no form for', () => {
    const path = newPath()
    const record = { step: 3, loss: Number.NaN, gradient: Infinity, margin: -Infinity }
    write(path, [record])
    expect(readMetrics(path)).toEqual([record])
  })

  it('starts empty unless it goes on', () => {
    const path = newPath()
    write(path, [line(1), line(2)])
    write(path, [line(1)])
    expect(readMetrics(path)).toEqual([line(1)])
  })

  it('refuses a step before the last one, also after resuming', () => {
    const path = newPath()
    write(path, [line(5)])
    const log = new MetricsLog(path, 7)
    expect(() => log.append(line(4))).toThrow(RangeError)
    expect(() => log.append({ step: Number.NaN })).toThrow(RangeError)
    log.append(line(5))
    log.close()
  })

  it('resumed from any step equals the uninterrupted log', () => {
    const all = Array.from({ length: 20 }, (_, step) => line(step))
    const whole = newPath()
    write(whole, all)
    const expected = readFileSync(whole, 'utf8')
    fc.assert(
      fc.property(fc.nat(19), fc.nat(19), fc.nat(30), (checkpoint, more, torn) => {
        const path = newPath()
        const killedAt = Math.min(19, checkpoint + more)
        write(path, all.slice(0, killedAt + 1))
        appendFileSync(path, JSON.stringify(line(killedAt + 1)).slice(0, torn))
        write(path, all.slice(checkpoint + 1), checkpoint)
        expect(readFileSync(path, 'utf8')).toBe(expected)
      }),
      { numRuns: 30 },
    )
  })

  it('can be read while its last line is being written', () => {
    const path = newPath()
    write(path, [line(1)])
    appendFileSync(path, '{"step":2,"lo')
    expect(readMetrics(path)).toEqual([line(1)])
  })

  it('forgives zero bytes at its end, the trace of a power failure', () => {
    const path = newPath()
    write(path, [line(1)])
    appendFileSync(path, '\0\0\0\n')
    write(path, [line(2)], 1)
    expect(readMetrics(path)).toEqual([line(1), line(2)])
  })

  it('names the line that is damaged, and leaves the file alone', () => {
    const path = newPath()
    const text = '{"step":1}\nloss\n{"step":3}\n'
    writeFileSync(path, text)
    expect(() => readMetrics(path)).toThrow(/metrics\.jsonl, line 2: this line is not a record of metrics/)
    expect(() => new MetricsLog(path, 3)).toThrow(/found: {4}"loss"/)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('says when there is no such file', () => {
    expect(() => readMetrics(newPath())).toThrow(/cannot read the metrics/)
  })
})

describe('metrics.jsonl on a failing disk', () => {
  it('ends with a whole line when the disk is full, and goes on when there is space again', () => {
    const path = newPath()
    const { system } = failingFileSystem('full', 4)
    const log = new MetricsLog(path, undefined, system)
    log.append(line(1))
    log.append(line(2))
    expect(() => log.append(line(3))).toThrow(/no space left on the disk/)
    expect(readMetrics(path)).toEqual([line(1), line(2)])
    log.close()
    write(path, [line(3)], 2)
    expect(readMetrics(path)).toEqual([line(1), line(2), line(3)])
  })

  it('killed at any call, it resumes to the uninterrupted log', () => {
    const all = [line(1), line(2), line(3)]
    const run = (path: string, system: ReturnType<typeof failingFileSystem>['system']) => {
      const log = new MetricsLog(path, undefined, system)
      for (const record of all) {
        log.append(record)
        log.sync()
      }
      log.close()
    }
    const whole = failingFileSystem('kill', Infinity)
    run(newPath(), whole.system)
    for (let at = 1; at <= whole.calls(); at++) {
      const path = newPath()
      expect(() => run(path, failingFileSystem('kill', at).system)).toThrow(/die/)
      const kept = new MetricsLog(path, 3)
      kept.close()
      const known = readMetrics(path).length
      write(path, all.slice(known), known)
      expect(readMetrics(path)).toEqual(all)
    }
  })
})
