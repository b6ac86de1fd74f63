import { OssatureError } from '../../errors.ts'

/** No line of a pickle (a number, a name) is longer; text in lines has no bound. */
const MAX_LINE = 4096

/** The bytes of a pickle, read from front to back; every length is checked against what is left. */
export class PickleInput {
  readonly bytes: Uint8Array
  readonly where: string
  position: number
  private readonly view: DataView

  constructor(bytes: Uint8Array, position: number, where: string) {
    // Not a Buffer of Node.js: its views would be Buffers, too.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.position = position
    this.where = where
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  byte(): number {
    return this.bytes[this.advance(1)]
  }

  uint16(): number {
    return this.view.getUint16(this.advance(2), true)
  }

  int32(): number {
    return this.view.getInt32(this.advance(4), true)
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true)
  }

  uint64(): number {
    const at = this.advance(8)
    const value = this.view.getBigUint64(at, true)
    if (value > Number.MAX_SAFE_INTEGER) throw this.damaged('a length below 2^53', `${value}`, at)
    return Number(value)
  }

  /** Big-endian, as the only number of the format. */
  float64(): number {
    return this.view.getFloat64(this.advance(8), false)
  }

  /** A view of the next bytes. */
  take(length: number): Uint8Array {
    const at = this.advance(length)
    return this.bytes.subarray(at, at + length)
  }

  /** The bytes up to the next line feed, which is passed over. */
  line(most = MAX_LINE): Uint8Array {
    const start = this.position
    const end = this.bytes.indexOf(0x0a, start)
    if (end < 0) throw this.damaged('a line feed', 'the end of the file', start)
    if (end - start > most) throw this.damaged(`a line of at most ${most} bytes`, `${end - start} bytes`, start)
    this.position = end + 1
    return this.bytes.subarray(start, end)
  }

  /** A line of ASCII. */
  asciiLine(): string {
    const at = this.position
    const line = this.line()
    if (line.some((byte) => byte > 126)) throw this.damaged('a line of ASCII', 'other bytes', at)
    return String.fromCharCode(...line)
  }

  damaged(expected: string, found: string, at: number, hint?: string): OssatureError {
    return new OssatureError('this is not a valid pickle', {
      where: `${this.where}, byte ${at}`,
      expected,
      found,
      hint: hint ?? 'The file is damaged, incomplete or of another format.',
    })
  }

  private advance(length: number): number {
    const at = this.position
    if (length > this.bytes.length - at) {
      throw this.damaged(`${length} bytes`, `${this.bytes.length - at} bytes before the end of the file`, at)
    }
    this.position = at + length
    return at
  }
}
