import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { OssatureError } from '../../errors.ts'
import type { ElementArray } from '../array-elements.ts'
import { fileFailure } from '../failure.ts'
import { bytesOf } from './dtypes.ts'
import { headerLength, PREFIX_BYTES, parseHeader, type SafetensorsHeader, type TensorEntry } from './header.ts'
import { decodeTensor } from './safetensors.ts'

/**
 * A safetensors file that stays on the disk: opening reads and checks the header only, a tensor or a part of one is read
 * when asked for. `close` it when done.
 */
export class SafetensorsFile {
  readonly path: string
  readonly header: SafetensorsHeader
  private readonly handle: number
  private readonly dataStart: number
  private closed = false

  /** @throws OssatureError when the file cannot be opened or is not valid */
  constructor(path: string) {
    this.path = path
    try {
      this.handle = openSync(path, 'r')
    } catch (error) {
      throw fileFailure(error, 'cannot open the file', path)
    }
    try {
      const { size } = fstatSync(this.handle)
      const prefix = this.bytes(0, Math.min(PREFIX_BYTES, size))
      const length = headerLength(prefix, size, path)
      this.dataStart = PREFIX_BYTES + length
      this.header = parseHeader(this.bytes(PREFIX_BYTES, length), size - this.dataStart, path)
    } catch (error) {
      this.close()
      throw fileFailure(error, 'cannot read the file', path)
    }
  }

  /** Elements `from` (included) to `to` (excluded) of a tensor, counted row-major. */
  readRange(name: string, from: number, to: number): ElementArray {
    const { dtype, begin, end } = this.entry(name)
    const size = bytesOf(dtype)
    const count = (end - begin) / size
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to || to > count) {
      throw new OssatureError(`no such range in tensor '${name}'`, {
        where: this.path,
        expected: `elements from 0 to ${count}`,
        found: `${from} to ${to}`,
      })
    }
    return decodeTensor(name, dtype, this.bytes(this.dataStart + begin + from * size, (to - from) * size), this.path)
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    closeSync(this.handle)
  }

  private entry(name: string): TensorEntry {
    const entry = this.header.entries.get(name)
    if (!entry) throw new OssatureError(`there is no tensor '${name}'`, { where: this.path })
    return entry
  }

  private bytes(position: number, length: number): Uint8Array {
    if (this.closed) throw new OssatureError('the file was closed', { where: this.path })
    const bytes = new Uint8Array(length)
    for (let done = 0; done < length; ) {
      let read: number
      try {
        read = readSync(this.handle, bytes, done, length - done, position + done)
      } catch (error) {
        throw fileFailure(error, 'cannot read the file', this.path)
      }
      if (read === 0) {
        throw new OssatureError('the file became shorter while it was open', {
          where: this.path,
          expected: `${length} bytes at byte ${position}`,
          found: `${done} bytes`,
        })
      }
      done += read
    }
    return bytes
  }
}
