import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AppendFile, type AppendingFileSystem } from '../../../src/train/run/append-file.ts'
import { temporaryFolders } from '../temporary-folder.ts'

const newFolder = temporaryFolders()
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** As on Windows, a file that is open for appending cannot be cut. */
function windows(): AppendingFileSystem {
  const appending = new Set<number>()
  return {
    ...fs,
    openSync(path, flags) {
      const file = fs.openSync(path, flags)
      if (String(flags).startsWith('a')) appending.add(file)
      return file
    },
    ftruncateSync(file, length) {
      if (appending.has(file)) throw Object.assign(new Error('no'), { code: 'EPERM', syscall: 'ftruncate' })
      fs.ftruncateSync(file, length)
    },
  }
}

it('a growing file can be cut and goes on behind the cut, on Windows, too', () => {
  const path = join(newFolder(), 'log')
  for (const [kept, record] of [
    [0, 'one\ntorn'],
    [4, 'two\n'],
    [8, 'three\n'],
  ] as const) {
    const file = new AppendFile(path, () => kept, windows())
    file.append(bytesOf(record))
    file.close()
  }
  expect(fs.readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\n')
})
