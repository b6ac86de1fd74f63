import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { takeLock } from '../../../src/train/run/run-lock.ts'
import { temporaryFolders } from '../temporary-folder.ts'

const newFolder = temporaryFolders()
const newPath = () => join(newFolder(), 'run.lock')

function textOfOwnLock(): string {
  const path = newPath()
  const lock = takeLock(path)
  const text = readFileSync(path, 'utf8')
  lock.release()
  return text
}

function lockOf(path: string, holder: object) {
  const complete = { pid: 1, host: hostname(), processStart: null, since: '2026-01-02T03:04:05.000Z', token: 't' }
  writeFileSync(path, JSON.stringify({ ...complete, ...holder }))
}

describe('the lock of a run', () => {
  it('is held by one at a time, and free again afterwards', () => {
    const path = newPath()
    const lock = takeLock(path)
    expect(lock.held()).toBe(true)
    expect(() => takeLock(path)).toThrow(`${path}: the run is in use\n  found:    process ${process.pid}, since `)
    lock.release()
    expect(lock.held()).toBe(false)
    takeLock(path).release()
    expect(readdirSync(dirname(path))).toEqual([])
  })

  it('names the process', () => {
    const path = newPath()
    takeLock(path)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() })
  })

  it('of a living process stays, whoever owns that process', () => {
    const path = newPath()
    lockOf(path, { pid: process.ppid })
    expect(() => takeLock(path)).toThrow(/the run is in use/)
    lockOf(path, { pid: 1 })
    expect(() => takeLock(path)).toThrow(
      /process 1, since 2026-01-02T03:04:05.000Z\n.*If that process no longer runs, remove the lock file\.$/,
    )
    lockOf(path, { pid: process.pid, processStart: JSON.parse(textOfOwnLock()).processStart ?? 'known' })
    expect(() => takeLock(path)).toThrow(/choose another name for this run\.$/)
  })

  it('of a dead process is taken over', () => {
    const path = newPath()
    lockOf(path, { pid: spawnSync(process.execPath, ['--version']).pid })
    const lock = takeLock(path)
    expect(lock.held()).toBe(true)
    expect(readdirSync(dirname(path))).toEqual(['run.lock'])
  })

  it.runIf(existsSync('/proc/self/stat'))('is taken over when its process id now belongs to another process', () => {
    const path = newPath()
    lockOf(path, { pid: process.pid, processStart: 'another boot 1' })
    expect(takeLock(path).held()).toBe(true)
  })

  it('of another machine stays, because nobody can ask there', () => {
    const path = newPath()
    lockOf(path, { host: 'elsewhere', pid: 4_000_000 })
    expect(() => takeLock(path)).toThrow(
      /on elsewhere, since .*\n {2}If that process no longer runs, remove the lock file/,
    )
  })

  it('whose writing was cut short is taken over', () => {
    const path = newPath()
    writeFileSync(path, '{"pid": 12')
    expect(takeLock(path).held()).toBe(true)
  })

  it('knows when it was taken away, and then leaves the new one alone', () => {
    const path = newPath()
    const lock = takeLock(path)
    rmSync(path)
    expect(lock.held()).toBe(false)
    const second = takeLock(path)
    lock.release()
    expect(second.held()).toBe(true)
  })

  it('says when the folder is missing', () => {
    expect(() => takeLock(join(newFolder(), 'missing', 'run.lock'))).toThrow(/cannot write the lock of the run/)
  })
})
