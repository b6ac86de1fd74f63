import { describe, expect, it } from 'vitest'
import { withReadingProgress } from '../../src/cli/reading-progress.ts'
import type { Progress } from '../../src/train/progress.ts'

function recorder() {
  const told: string[] = []
  const progress: Progress = {
    begin: (title, total, unit) => told.push(`begin ${title} ${total} ${unit}`),
    update: (done) => told.push(`update ${done}`),
    end: () => told.push('end'),
    note: (text) => told.push(text),
    warn: (text) => told.push(text),
  }
  return { told, progress }
}

describe('reading that takes long tells its progress', () => {
  it('from the moment on that is worth a line', () => {
    const { told, progress } = recorder()
    let seconds = 0
    const sum = withReadingProgress(
      progress,
      (onFile) => {
        for (const done of [1, 2, 3]) {
          seconds += 0.15
          onFile(done, 3)
        }
        return 'read'
      },
      () => seconds * 1000,
    )
    expect(sum).toBe('read')
    expect(told).toEqual(['begin reading 3 files', 'update 2', 'update 3', 'end'])
  })

  it('and says nothing when it is quick, or about files that are read later', () => {
    const { told, progress } = recorder()
    let seconds = 0
    let readLater = (_done: number, _total: number) => {}
    withReadingProgress(
      progress,
      (onFile) => {
        onFile(1, 3)
        readLater = onFile
      },
      () => seconds * 1000,
    )
    seconds = 60
    readLater(2, 3)
    expect(told).toEqual([])
  })
})
