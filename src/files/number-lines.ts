import { OssatureError } from '../errors.ts'
import { decimalNumber } from './decimal-number.ts'

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const DOT = 46
const ZERO = 48

/** Powers of ten that are exact in double precision. */
const POWERS = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))

/**
 * Reads text of lines with numbers between spaces, tabs or commas, from the bytes and field by field: a line of a
 * recording has more fields than are needed, and to split it into strings would take most of the time. Line ends are LF
 * or CR LF; empty lines are passed over.
 */
export class NumberLines {
  private readonly bytes: Uint8Array
  private readonly where: string
  /** Next byte. */
  private at = 0
  /** End of the current line, without its line end. */
  private end = 0
  private next = 0
  private lineNumber = 0

  constructor(bytes: Uint8Array, where: string) {
    this.bytes = bytes
    this.where = where
    // A byte-order mark.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.next = 3
  }

  /** The file and the line, for messages; lines are counted from 1. */
  get place(): string {
    return `${this.where}, line ${this.lineNumber}`
  }

  /** Goes to the next line that is not empty; false at the end of the text. */
  advance(): boolean {
    const { bytes } = this
    while (this.next < bytes.length) {
      this.at = this.next
      const found = bytes.indexOf(LINE_FEED, this.at)
      this.end = found < 0 ? bytes.length : found
      this.next = this.end + 1
      this.lineNumber += 1
      if (this.end > this.at && bytes[this.end - 1] === CARRIAGE_RETURN) this.end -= 1
      this.skipSpace()
      if (this.at < this.end) return true
    }
    this.at = this.end
    return false
  }

  /** The next line. @param expected what should stand there, for messages. @throws OssatureError at the end of the text */
  require(expected: string): void {
    if (this.advance()) return
    throw new OssatureError('the file ends too early', {
      where: `${this.where}, after line ${this.lineNumber}`,
      expected,
    })
  }

  /** The next field as a number that float32 can hold. @throws OssatureError */
  coordinate(name: string): number {
    const start = this.at
    const value = this.number()
    if (Number.isFinite(Math.fround(value))) return value
    throw new OssatureError('a coordinate is not a number that float32 can hold', {
      where: `${this.place}, ${name}`,
      found: this.shown(start),
    })
  }

  /** The only field of the line, as an integer from 0 to `most`. @throws OssatureError */
  count(name: string, most: number): number {
    const start = this.at
    const value = this.number()
    if (Number.isInteger(value) && value >= 0 && value <= most && this.at === this.end) return value
    throw new OssatureError(`the line does not hold the number of ${name}`, {
      where: this.place,
      expected: `one integer from 0 to ${most}`,
      found: this.shown(start, this.end),
    })
  }

  /** The next field as it stands in the text; empty when the line has no more. */
  field(): string {
    const start = this.at
    const end = this.fieldEnd()
    this.at = end
    this.skipSpace()
    return this.text(start, end)
  }

  /** The next field as a number; NaN when there is none or it is something else. */
  number(): number {
    const start = this.at
    const end = this.fieldEnd()
    this.at = end
    this.skipSpace()
    return decimal(this.bytes, start, end) ?? decimalNumber(this.text(start, end))
  }

  /** A field for messages. */
  private shown(start: number, end = this.at): string {
    const text = this.text(start, Math.min(end, start + 60)).trim()
    return text === '' ? 'nothing' : `'${text}'`
  }

  private fieldEnd(): number {
    let end = this.at
    while (end < this.end && !isSeparator(this.bytes[end])) end += 1
    return end
  }

  private skipSpace(): void {
    while (this.at < this.end && isSeparator(this.bytes[this.at])) this.at += 1
  }

  private text(start: number, end: number): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString('latin1')
  }
}

/** A comma, or a space or control character. */
function isSeparator(byte: number): boolean {
  return byte <= 32 || byte === 44
}

/**
 * A plain decimal of at most 15 digits, correctly rounded: digits and power of ten are exact, so there is one rounding.
 * Undefined for any other text.
 */
function decimal(bytes: Uint8Array, start: number, end: number): number | undefined {
  const negative = bytes[start] === 45
  const first = negative ? start + 1 : start
  if (end - first > 16 || end === first) return undefined
  let digits = 0
  let count = 0
  let dot = -1
  for (let at = first; at < end; at++) {
    const digit = bytes[at] - ZERO
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit
      count += 1
    } else if (bytes[at] === DOT && dot < 0) dot = at
    else return undefined
  }
  if (count === 0 || count > 15) return undefined
  const value = dot < 0 ? digits : digits / POWERS[end - 1 - dot]
  return negative ? -value : value
}
