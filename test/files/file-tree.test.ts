import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listFiles, readFileBytes } from '../../src/files/file-tree.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ossature-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const contents = (path: string) => listFiles(path).map(({ name, bytes }) => [name, new TextDecoder().decode(bytes())])

describe('listFiles', () => {
  it('gives the files of a folder and of its folders by name, without hidden ones', () => {
    mkdirSync(join(folder, 'b'))
    mkdirSync(join(folder, '.git'))
    for (const name of ['c.txt', 'a.txt', 'b/d.txt', '.DS_Store', '.git/config'])
      writeFileSync(join(folder, name), name)
    expect(contents(folder)).toEqual(['a.txt', 'b/d.txt', 'c.txt'].map((name) => [name, name]))
  })

  it('gives the same for a zip archive of the folder', () => {
    const path = join(folder, 'set.zip')
    const names = ['c.txt', 'a.txt', 'b/d.txt', '.DS_Store', '__MACOSX/._a.txt']
    writeFileSync(path, zipSync(Object.fromEntries(names.map((name) => [name, strToU8(name)]))))
    expect(contents(path)).toEqual(['a.txt', 'b/d.txt', 'c.txt'].map((name) => [name, name]))
  })

  it('follows links to files but not to folders, which may form a circle', () => {
    writeFileSync(join(folder, 'a.txt'), 'a')
    symlinkSync(join(folder, 'a.txt'), join(folder, 'b.txt'))
    symlinkSync(folder, join(folder, 'circle'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'))
    expect(contents(folder)).toEqual([
      ['a.txt', 'a'],
      ['b.txt', 'a'],
    ])
  })

  it('gives a single file', () => {
    writeFileSync(join(folder, 'a.csv'), '1,2')
    expect(contents(join(folder, 'a.csv'))).toEqual([['a.csv', '1,2']])
  })

  // Windows would fill the file with zeros.
  it.skipIf(process.platform === 'win32')('tells a file that is larger than memory, and what to do', () => {
    const path = join(folder, 'huge.zip')
    const file = openSync(path, 'w')
    ftruncateSync(file, 2 ** 43)
    closeSync(file)
    expect(() => listFiles(path)).toThrow(/huge\.zip: .*too large\D+8192\.0 GiB\n.*Unpack/)
  })

  it('tells a path where nothing is', () => {
    expect(() => listFiles(join(folder, 'none'))).toThrow(/none: cannot open\n.*nothing at this path/)
    expect(() => readFileBytes(folder)).toThrow(/a folder/)
  })
})
