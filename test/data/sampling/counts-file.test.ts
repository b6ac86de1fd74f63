import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCounts } from '../../../src/data/sampling/counts-file.ts'
import { temporaryFolders } from '../../train/temporary-folder.ts'

const folder = temporaryFolders()()

const CLASSES = ['sit down', 'wave']
function counts(text: string): number[] {
  const path = join(folder, 'counts')
  writeFileSync(path, text)
  return readCounts(path, CLASSES)
}

describe('a file of counts', () => {
  it.each(['7, 2', '7\n2\n', '[7, 2]', '{"wave": 2, "sit down": 7}', 'sit down: 7\nwave: 2'])('is read: %j', (text) => {
    expect(counts(text)).toEqual([7, 2])
  })

  it.each([
    ['7', /not one number per class\n.*2\n.*1/],
    ['wave: 2', /class 'sit down': a class needs a whole number/],
    ['sit down: 7\nwave: few', /class 'wave'.*\n.*"few"/],
    ['sit down: 7\nwave: 2\nrun: 1', /data do not have\n.*\n.*'run'/],
  ])('is refused: %j', (text, message) => {
    expect(() => counts(text)).toThrow(message)
  })
})
