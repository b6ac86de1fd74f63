import * as fs from 'node:fs'
import { writeAll } from '../../files/atomic-write.ts'
import { fileFailure } from '../../files/failure.ts'

/** The calls of `node:fs` that a growing file needs; tests pass one that fails at a chosen call. */
export type AppendingFileSystem = Pick<
  typeof fs,
  'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'ftruncateSync' | 'readFileSync'
>

/** A file that only grows, record by record. A record that could not be written whole is taken back. */
export class AppendFile {
  readonly path: string
  /** Bytes of all whole records. */
  private length: number
  private torn = false
  private handle: number | undefined
  private readonly system: AppendingFileSystem

  /**
   * @param goodLength given the bytes of the file (none for a new one), how many of them to keep; the rest is cut off
   * @throws OssatureError when the file cannot be opened; what `goodLength` throws is passed on
   */
  constructor(path: string, goodLength: (bytes: Uint8Array) => number, system: AppendingFileSystem = fs) {
    this.path = path
    this.system = system
    const former = existing(path, system)
    const bytes = former ?? new Uint8Array(0)
    this.length = goodLength(bytes)
    try {
      // Not for appending ('a'): Windows does not cut a file that is open so.
      this.handle = system.openSync(path, former ? 'r+' : 'wx')
      if (this.length < bytes.length) {
        system.ftruncateSync(this.handle, this.length)
        system.fsyncSync(this.handle)
      }
    } catch (error) {
      this.release()
      throw fileFailure(error, 'cannot open the file', path)
    }
  }

  /** @throws OssatureError when the disk is full, ...; the file then ends with the record before */
  append(record: Uint8Array): void {
    const handle = this.open()
    try {
      if (this.torn) this.takeBack(handle)
      this.torn = true
      writeAll(handle, record, this.length, this.system)
      this.torn = false
      this.length += record.length
    } catch (error) {
      try {
        this.takeBack(handle)
      } catch {}
      throw fileFailure(error, 'cannot write the file', this.path)
    }
  }

  /** Waits until everything appended so far is on the disk. */
  sync(): void {
    try {
      this.system.fsyncSync(this.open())
    } catch (error) {
      throw fileFailure(error, 'cannot write the file', this.path)
    }
  }

  close(): void {
    if (this.handle === undefined) return
    try {
      this.sync()
    } finally {
      this.release()
    }
  }

  private takeBack(handle: number): void {
    this.system.ftruncateSync(handle, this.length)
    this.torn = false
  }

  private release(): void {
    if (this.handle === undefined) return
    const handle = this.handle
    this.handle = undefined
    this.system.closeSync(handle)
  }

  private open(): number {
    if (this.handle === undefined) throw new Error(`${this.path} was closed`)
    return this.handle
  }
}

function existing(path: string, system: AppendingFileSystem): Uint8Array | undefined {
  try {
    return system.readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fileFailure(error, 'cannot read the file', path)
  }
}
