import { OssatureError } from '../../errors.ts'

/** How a field of the protobuf wire format is stored. */
const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5

/** Memory that reading a file may take beside its bytes: as many again, and this. */
const ALLOWANCE = 64 * 2 ** 20

/** Counts what is read from one file against a limit. */
export class WireBudget {
  /** The file, for messages. */
  readonly file: string
  private left: number

  constructor(fileBytes: number, file: string) {
    this.left = fileBytes + ALLOWANCE
    this.file = file
  }

  /** @throws OssatureError beyond the limit */
  charge(bytes: number, where: string): void {
    this.left -= bytes
    if (this.left < 0)
      throw new OssatureError('reading this file would take too much memory for its size', {
        where,
        expected: 'a model of fewer or larger parts',
      })
  }
}

const TEXT = new TextDecoder()

/** What an object of the reader's results takes at the most, without the text in it. */
const OBJECT_BYTES = 256

/**
 * The fields of one message of the protobuf wire format, one after the other. Nothing of a message is held but its place,
 * so reading takes no memory but for what is taken out.
 */
export class WireMessage {
  /** Number of the present field. */
  field = 0
  private wireType = 0
  private from = 0
  private to = 0
  private at: number
  private readonly end: number
  private readonly bytes: Uint8Array
  private readonly budget: WireBudget

  constructor(bytes: Uint8Array, budget: WireBudget, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.budget = budget
    this.at = start
    this.end = end
  }

  /**
   * Goes on to the next field; false behind the last one.
   * @throws OssatureError where the bytes are no field
   */
  next(): boolean {
    if (this.at >= this.end) return false
    const key = this.smallNumber()
    this.field = Math.floor(key / 8)
    this.wireType = key % 8
    if (this.field < 1 || this.field >= 2 ** 29) throw this.broken('the number of a field', String(this.field))
    this.from = this.at
    if (this.wireType === VARINT) this.skipNumber()
    else if (this.wireType === FIXED_64) this.at += 8
    else if (this.wireType === FIXED_32) this.at += 4
    else if (this.wireType === BYTES) {
      const length = this.smallNumber()
      this.from = this.at
      this.at += length
    } else throw this.broken('a kind of field', String(this.wireType))
    if (this.at > this.end)
      throw this.broken(`${this.at - this.from} bytes of a field`, `${this.end - this.from} bytes`)
    this.to = this.at
    return true
  }

  /** The message in the present field, which counts as an object of the result. */
  message(): WireMessage {
    this.require(BYTES)
    this.budget.charge(OBJECT_BYTES, this.place())
    return new WireMessage(this.bytes, this.budget, this.from, this.to)
  }

  /** Length of the bytes in the present field. */
  length(): number {
    this.require(BYTES)
    return this.to - this.from
  }

  text(): string {
    this.require(BYTES)
    // Two bytes per character, and the string itself.
    this.budget.charge(32 + 2 * (this.to - this.from), this.place())
    return TEXT.decode(this.bytes.subarray(this.from, this.to))
  }

  /** A signed whole number. */
  integer(): bigint {
    this.require(VARINT)
    return this.numberAt(this.from)
  }

  /** A whole number of 0 or more that JavaScript holds exactly, such as a type or a version. */
  whole(): number {
    const value = this.integer()
    if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.broken('a whole number', String(value))
    return Number(value)
  }

  float(): number {
    this.require(FIXED_32)
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + this.from, 4).getFloat32(0, true)
  }

  /** Adds the whole numbers of the present field, one or many, to a list. */
  integers(list: bigint[]): void {
    if (this.wireType === VARINT) {
      this.budget.charge(32, this.place())
      list.push(this.integer())
      return
    }
    this.budget.charge(32 * this.varintCount(), this.place())
    const end = this.to
    const rest = this.at
    this.at = this.from
    while (this.at < end) {
      const start = this.at
      this.skipNumber()
      list.push(this.numberAt(start))
    }
    this.at = rest
  }

  /** Adds the float32 numbers of the present field, one or many, to a list. */
  floats(list: number[]): void {
    this.budget.charge(4 * (this.to - this.from), this.place())
    if (this.wireType === FIXED_32) {
      list.push(this.float())
      return
    }
    const count = this.fixedCount(4)
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.from, 4 * count)
    for (let i = 0; i < count; i++) list.push(view.getFloat32(4 * i, true))
  }

  /** How many numbers of that size the present field holds. */
  fixedCount(bytes: 4 | 8): number {
    if (this.wireType === (bytes === 4 ? FIXED_32 : FIXED_64)) return 1
    this.require(BYTES)
    const length = this.to - this.from
    if (length % bytes !== 0) throw this.broken(`numbers of ${bytes} bytes`, `${length} bytes`)
    return length / bytes
  }

  /** How many whole numbers the present field holds. */
  varintCount(): number {
    if (this.wireType === VARINT) return 1
    this.require(BYTES)
    let count = 0
    for (let i = this.from; i < this.to; i++) if (this.bytes[i] < 0x80) count++
    if (this.to > this.from && this.bytes[this.to - 1] >= 0x80) throw this.broken('whole numbers', 'a cut one')
    return count
  }

  /** An error about the present place. */
  broken(expected: string, found: string): OssatureError {
    return new OssatureError('this is not an ONNX model, or it is damaged', { where: this.place(), expected, found })
  }

  private require(wireType: number): void {
    if (this.wireType !== wireType)
      throw this.broken(`field ${this.field} of kind ${wireType}`, `kind ${this.wireType}`)
  }

  private place(): string {
    return `${this.budget.file}, byte ${this.from}`
  }

  private skipNumber(): void {
    const start = this.at
    while (this.at < this.end && this.bytes[this.at] >= 0x80) this.at++
    if (this.at >= this.end || this.at - start > 9) throw this.broken('a whole number', 'one without an end')
    this.at++
  }

  /** A key or a length: never beyond 2^49. */
  private smallNumber(): number {
    const start = this.at
    this.skipNumber()
    if (this.at - start > 7) throw this.broken('a length', 'one of more than 7 bytes')
    let value = 0
    for (let at = this.at - 1; at >= start; at--) value = value * 0x80 + (this.bytes[at] & 0x7f)
    return value
  }

  private numberAt(start: number): bigint {
    let value = 0n
    let at = start
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.bytes[at++]
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, value)
    }
  }
}
