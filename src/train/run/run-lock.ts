import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { OssatureError } from '../../errors.ts'
import { fileFailure } from '../../files/failure.ts'

/** Who holds a lock. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process started, as the operating system counts it; null where it does not tell. Process ids are reused, starts are not. */
  readonly processStart: string | null
  readonly since: string
  /** Makes every lock different. */
  readonly token: string
}

/** Reads of an unfinished lock before it counts as left behind by a crash. */
const PATIENCE = 5

/** A lock that this process holds. */
export interface RunLock {
  /** Whether the lock file is still ours; false after somebody removed it by hand. */
  held(): boolean
  release(): void
}

/**
 * Takes the lock file at `path`, so that no two processes write one run. The lock of a process that no longer lives on
 * this machine is taken over.
 * @throws OssatureError when a living process, or one on another machine, holds it
 */
export function takeLock(path: string): RunLock {
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    processStart: processStart(process.pid),
    since: new Date().toISOString(),
    token: randomUUID(),
  }
  for (let attempt = 0; attempt < 2 * PATIENCE; attempt++) {
    if (create(path, own)) return { held: () => holderOf(path)?.token === own.token, release: () => release(path, own) }
    const text = textOf(path)
    if (text === undefined) continue
    const holder = parseHolder(text)
    if (holder && !isGone(holder)) throw heldBy(holder, path)
    if (!holder && attempt < PATIENCE) {
      pause(20)
      continue
    }
    setAside(path, text)
  }
  throw new OssatureError('cannot take the lock of the run', {
    where: path,
    hint: 'Another process is starting the same run.',
  })
}

/** Makes the lock with its contents in one step: a link to a complete file fails when the lock exists. */
function create(path: string, own: Holder): boolean {
  const complete = `${path}.${own.token}`
  try {
    writeFileSync(complete, `${JSON.stringify(own, null, 2)}\n`, { flag: 'wx' })
    try {
      linkSync(complete, path)
    } catch (error) {
      // Some file systems have no links.
      if (isCode(error, 'EEXIST')) throw error
      writeFileSync(path, `${JSON.stringify(own, null, 2)}\n`, { flag: 'wx' })
    }
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw fileFailure(error, 'cannot write the lock of the run', path)
  } finally {
    rmSync(complete, { force: true })
  }
}

/**
 * Moves a lock away that was read as `text`. If another process took over first, its lock is put back: what counts is
 * what was moved, not what was read before.
 */
function setAside(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw fileFailure(error, 'cannot take over the lock of the run', path)
  }
  try {
    if (textOf(aside) !== text) linkSync(aside, path)
  } catch {
  } finally {
    rmSync(aside, { force: true })
  }
}

function release(path: string, own: Holder): void {
  if (holderOf(path)?.token === own.token) rmSync(path, { force: true })
}

function heldBy(holder: Holder, path: string): OssatureError {
  const here = holder.host === hostname()
  const wait = 'Wait for it or end it, or choose another name for this run.'
  const remove = 'If that process no longer runs, remove the lock file.'
  // Where the start of a process is not known, a later one may have got the id.
  const hint = !here ? remove : holder.processStart === null ? `${wait} ${remove}` : wait
  return new OssatureError('the run is in use', {
    where: path,
    found: `process ${holder.pid}${here ? '' : ` on ${holder.host}`}, since ${holder.since}`,
    hint,
  })
}

function isGone(holder: Holder): boolean {
  if (holder.host !== hostname()) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if (isCode(error, 'ESRCH')) return true
  }
  const start = processStart(holder.pid)
  return start !== null && holder.processStart !== null && start !== holder.processStart
}

/** Boot and start time of a process on Linux (proc(5), field 22 of /proc/PID/stat); null elsewhere. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${afterName[19]}`
  } catch {
    return null
  }
}

function holderOf(path: string): Holder | undefined {
  const text = textOf(path)
  return text === undefined ? undefined : parseHolder(text)
}

/** Undefined for a text that no process of this package finished writing. */
function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text)
    return Number.isInteger(holder?.pid) && typeof holder.host === 'string' ? holder : undefined
  } catch {
    return undefined
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw fileFailure(error, 'cannot read the lock of the run', path)
  }
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
