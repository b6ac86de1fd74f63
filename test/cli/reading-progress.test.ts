import { describe, expect, it } from 'vitest'
import { withReadingProgress } from '../../src/cli/reading-progress.ts'
import type { Progress } from '../../src/train/progress/progress.ts'

/** What is told while so many files of so many are read. */
function toldWhileReading(files: number, total: number, later = 0): string[] {
  const told: string[] = []
  const progress: Progress = {
    begin: (title, count, unit) => told.push(`begin ${title} ${count} ${unit}`),
    update: (done) => told.push(`${done}`),
    end: () => told.push('end'),
    note: (text) => told.push(text),
    warn: (text) => told.push(text),
  }
  let tell = (_done: number, _total: number) => {}
  const result = withReadingProgress(progress, (onFile) => {
    for (let done = 1; done <= files; done++) onFile(done, total)
    tell = onFile
    return 'read'
  })
  expect(result).toBe('read')
  for (let done = files + 1; done <= files + later; done++) tell(done, total)
  return told
}

describe('the progress of reading', () => {
  it('is told for many files, from the first hundredth on', () => {
    const told = toldWhileReading(1000, 1000)
    expect(told.slice(0, 3)).toEqual(['begin reading 1000 files', '10', '11'])
    expect(told.slice(-2)).toEqual(['1000', 'end'])
  })

  it('is not told for a few files', () => {
    expect(toldWhileReading(100, 100)).toEqual([])
  })

  it('is not told where only a list is read, and clips later', () => {
    expect(toldWhileReading(2, 1000, 998)).toEqual([])
  })
})
