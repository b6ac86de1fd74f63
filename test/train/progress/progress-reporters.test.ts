import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createProgress, type ProgressOptions } from '../../../src/train/progress/progress-reporters.ts'
import { timeText, valuesText } from '../../../src/train/progress/progress-text.ts'

/** Progress on a recorded stream, with a clock that is set by hand (seconds). */
function recorded(options: Omit<ProgressOptions, 'stream' | 'output' | 'now'> & { isTTY?: boolean; columns?: number }) {
  const { isTTY, columns, ...rest } = options
  const clock = { seconds: 0 }
  const shown: string[] = []
  const printed: string[] = []
  const progress = createProgress({
    environment: { LANG: 'C.UTF-8' },
    ...rest,
    stream: { write: (text) => shown.push(text), isTTY, columns },
    output: { write: (text) => printed.push(text) },
    now: () => clock.seconds * 1000,
  })
  return { progress, clock, shown, printed }
}

describe('on a terminal', () => {
  it('redraws one line with a bar, the rate, the time left and the current values', () => {
    const { progress, clock, shown } = recorded({ isTTY: true, columns: 100 })
    progress.begin('epoch 3/24', 480, 'clips')
    clock.seconds = 10
    progress.update(20)
    clock.seconds = 11
    progress.update(120, { loss: 1.23456, 'top-1': 0.456 })
    const line = stripVTControlCharacters(shown.at(-1) as string)
    expect(line).toBe(
      '\repoch 3/24 ██████░░░░░░░░░░░░░░░░░░ 120/480, 100 clips/s, 3.6 s left, loss 1.235, top-1 45.6 %',
    )
    expect(shown.join('')).not.toContain('\n')
    progress.end({ loss: 1.2 })
    expect(stripVTControlCharacters(shown.join('')).endsWith('\repoch 3/24 11 s, 100 clips/s, loss 1.200\n')).toBe(true)
  })

  it('redraws at most ten times a second', () => {
    const { progress, clock, shown } = recorded({ isTTY: true })
    progress.begin('epoch', 10_000)
    for (let step = 1; step <= 10_000; step++) {
      clock.seconds = step / 1000
      progress.update(step)
    }
    expect(shown.length).toBeLessThanOrEqual(101)
    expect(shown.length).toBeGreaterThan(90)
  })

  it('never writes a line wider than the terminal', () => {
    for (const columns of [1, 5, 20, 40, 60, 80]) {
      const { progress, clock, shown } = recorded({ isTTY: true, columns })
      progress.begin('a rather long title', 100)
      clock.seconds = 1
      progress.update(50, { loss: 1.5, 'contrastive loss': 3 })
      for (const line of shown) expect(stripVTControlCharacters(line).replace('\r', '').length).toBeLessThan(columns)
    }
  })

  it('puts lines that stay above the bar', () => {
    const { progress, shown } = recorded({ isTTY: true })
    progress.begin('epoch', 10)
    progress.warn('a checkpoint is damaged')
    const text = stripVTControlCharacters(shown.slice(1).join(''))
    expect(text).toMatch(/^\rwarning: a checkpoint is damaged\n\repoch .* 0\/10$/)
  })

  it('has colours unless NO_COLOR is set, and plain characters without UTF-8', () => {
    const coloured = recorded({ isTTY: true })
    coloured.progress.begin('epoch', 10)
    expect(coloured.shown[0]).toContain('\u001b[1mepoch')
    const plain = recorded({ isTTY: true, environment: { NO_COLOR: '1', LANG: 'C' } })
    plain.progress.begin('epoch', 10)
    plain.progress.warn('x')
    expect(plain.shown.join('').replaceAll('\u001b[K', '')).not.toContain('\u001b')
    expect(plain.shown[0]).toBe('\repoch ........................ 0/10\u001b[K')
  })
})

describe('in a log file', () => {
  it('writes a plain line every half minute and at the end', () => {
    const { progress, clock, shown } = recorded({})
    progress.begin('epoch 1/2', 100, 'steps')
    for (let second = 1; second <= 70; second++) {
      clock.seconds = second
      progress.update(second, { loss: 2 })
    }
    progress.end({ loss: 1.5, 'accuracy top-1': 0.5 })
    progress.note('best so far')
    progress.warn('nearly full')
    expect(shown).toEqual([
      'epoch 1/2: 30/100 steps, 1 steps/s, 1:10 left, loss 2\n',
      'epoch 1/2: 60/100 steps, 1 steps/s, 40 s left, loss 2\n',
      'epoch 1/2: done in 1:10, 1 steps/s, loss 1.500, accuracy top-1 50.0 %\n',
      'best so far\n',
      'warning: nearly full\n',
    ])
  })

  it('is also written to a terminal that cannot move its cursor', () => {
    const { progress, shown } = recorded({ isTTY: true, environment: { TERM: 'dumb' } })
    progress.begin('epoch', 10)
    expect(shown).toEqual([])
  })
})

describe('for machines', () => {
  it('prints a line of JSON per event, progress at most once a second', () => {
    const { progress, clock, shown, printed } = recorded({ mode: 'json', isTTY: true })
    progress.begin('epoch 1/1', 40, 'clips')
    for (let done = 1; done <= 40; done++) {
      clock.seconds = done / 20
      progress.update(done, { loss: done === 40 ? Number.NaN : 1 })
    }
    progress.note('saved')
    progress.warn('careful')
    progress.end()
    expect(shown).toEqual([])
    expect(printed.every((line) => line.endsWith('\n'))).toBe(true)
    const events = printed.map((line) => JSON.parse(line))
    expect(events.map(({ event }) => event)).toEqual([
      'begin',
      'progress',
      'progress',
      'progress',
      'note',
      'warning',
      'end',
    ])
    expect(events[0]).toEqual({ event: 'begin', title: 'epoch 1/1', total: 40, unit: 'clips' })
    expect(events[3]).toMatchObject({ done: 40, total: 40, rate: 20, secondsLeft: 0, values: { loss: 'NaN' } })
    expect(events[6]).toEqual({ event: 'end', title: 'epoch 1/1', seconds: 2, values: { loss: 'NaN' } })
  })
})

describe('quiet', () => {
  it('shows warnings only', () => {
    const { progress, shown, printed } = recorded({ mode: 'quiet', isTTY: true })
    progress.begin('epoch', 10)
    progress.update(5)
    progress.note('half')
    progress.end()
    progress.warn('disk nearly full')
    expect(shown).toEqual(['warning: disk nearly full\n'])
    expect(printed).toEqual([])
  })
})

describe('texts', () => {
  it('tell times as people do', () => {
    expect([0, 9.94, 9.96, 59.4, 59.6, 187, 3599.7, 7387].map(timeText)).toEqual([
      '0.0 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1:00',
      '3:07',
      '1:00:00',
      '2:03:07',
    ])
  })

  it('round numbers to four digits', () => {
    const values = { lr: 0.00012345, loss: 12.3456, steps: 1234567, norm: 98765.4, bad: Number.NaN }
    expect(valuesText(values)).toBe('lr 1.234e-4, loss 12.35, steps 1234567, norm 98765, bad NaN')
  })
})
