import * as fs from 'node:fs'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import {
  syncedFile,
  type WritingFileSystem,
  writeAll,
  writeFileAtomically,
  writeFolderAtomically,
} from '../../src/files/atomic-write.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ossature-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The file system, with an error of this code at the k-th call (counted from 0) of anything but removing. */
function failingAt(k: number, code = 'ENOSPC'): { system: WritingFileSystem; reached: () => boolean } {
  let calls = 0
  const names = ['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync', 'mkdirSync', 'existsSync'] as const
  const real = { ...fs } as unknown as Record<string, (...parameters: unknown[]) => unknown>
  const system = { ...real }
  for (const name of names) {
    system[name] = (...parameters: unknown[]) => {
      if (calls++ === k) {
        if (name === 'closeSync') fs.closeSync(parameters[0] as number)
        throw Object.assign(new Error(`${code}: ${name}`), { code, syscall: name })
      }
      return real[name](...parameters)
    }
  }
  return { system: system as unknown as WritingFileSystem, reached: () => calls > k }
}

describe('writeFileAtomically', () => {
  it('writes a new file, replaces an old one and leaves nothing else', () => {
    const path = join(folder, 'last.bin')
    writeFileAtomically(path, Uint8Array.of(1, 2, 3))
    expect([...readFileSync(path)]).toEqual([1, 2, 3])
    writeFileAtomically(path, 'text')
    expect(readFileSync(path, 'utf8')).toBe('text')
    expect(readdirSync(folder)).toEqual(['last.bin'])
  })

  it('continues after short writes', () => {
    const path = join(folder, 'slow.bin')
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => i)
    const writeSync = ((file: number, data: Uint8Array, from: number, length: number) =>
      fs.writeSync(file, data, from, Math.min(length, 7))) as typeof fs.writeSync
    writeFileAtomically(path, bytes, { ...fs, writeSync })
    expect([...readFileSync(path)]).toEqual([...bytes])
  })

  it('leaves the old file or the new one, and nothing else, whichever call fails', () => {
    const path = join(folder, 'last.bin')
    for (let k = 0; ; k++) {
      writeFileSync(path, 'old')
      const { system, reached } = failingAt(k)
      let error: unknown
      try {
        writeFileAtomically(path, 'new', system)
      } catch (thrown) {
        error = thrown
      }
      expect(readdirSync(folder)).toEqual(['last.bin'])
      expect(readFileSync(path, 'utf8')).toBe(error ? 'old' : 'new')
      if (error) expect(error).toBeInstanceOf(OssatureError)
      if (!reached()) break
      // open, write, sync, close and rename matter; syncing the folder may fail
      expect(error !== undefined).toBe(k < 5)
    }
  })

  it.each([
    ['ENOSPC', /no space left/],
    ['EACCES', /permission denied/],
    ['EWEIRD', /EWEIRD: writeSync/],
  ])('tells %s with the path', (code, message) => {
    const path = join(folder, 'last.bin')
    expect(() => writeFileAtomically(path, 'new', failingAt(1, code).system)).toThrow(message)
    expect(() => writeFileAtomically(path, 'new', failingAt(1, code).system)).toThrow(path)
  })

  it('tells a folder that does not exist', () => {
    expect(() => writeFileAtomically(join(folder, 'none', 'a'), 'x')).toThrow(OssatureError)
  })
})

describe('writeFolderAtomically', () => {
  const build = (content: string) => (temporary: string) =>
    syncedFile(join(temporary, 'a.txt'), (file) => writeAll(file, new TextEncoder().encode(content)))

  it('shows the folder when it is complete, with the folders above it', async () => {
    const path = join(folder, 'sets', 'mine')
    await writeFolderAtomically(path, (temporary) => {
      build('new')(temporary)
      expect(fs.existsSync(path)).toBe(false)
    })
    expect(readdirSync(join(folder, 'sets'))).toEqual(['mine'])
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('new')
  })

  it('replaces a folder', async () => {
    const path = join(folder, 'mine')
    await writeFolderAtomically(path, build('old'))
    await writeFolderAtomically(path, build('new'))
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['mine'])
  })

  it('keeps the old folder when building fails, and passes the reason on', async () => {
    const path = join(folder, 'mine')
    await writeFolderAtomically(path, build('old'))
    const failing = async (temporary: string) => {
      build('half')(temporary)
      throw new OssatureError('clip 7 is damaged')
    }
    await expect(writeFolderAtomically(path, failing)).rejects.toThrow('clip 7 is damaged')
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['mine'])
  })

  it('leaves the old folder or the new one, and nothing else, whichever call fails', async () => {
    const path = join(folder, 'mine')
    for (let k = 0; ; k++) {
      await writeFolderAtomically(path, build('old'))
      const { system, reached } = failingAt(k)
      const error = await writeFolderAtomically(path, build('new'), system).catch((reason) => reason)
      expect(readdirSync(folder)).toEqual(['mine'])
      expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe(error ? 'old' : 'new')
      if (error) expect(error).toBeInstanceOf(OssatureError)
      if (!reached()) break
    }
  })
})
