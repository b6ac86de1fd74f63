import * as fs from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { fileFailure } from '../../files/failure.ts'
import { AppendFile, type AppendingFileSystem } from './append-file.ts'
import { crc32c } from './crc32c.ts'

/** What TensorBoard shows in one chart: the value of a tag at a step. */
export interface ScalarEvent {
  readonly step: number
  /** Seconds since 1970. */
  readonly wallTime: number
  readonly tag: string
  readonly value: number
}

/**
 * Scalars in the form that TensorBoard reads: a TFRecord file of `Event` messages
 * (tensorflow/core/lib/io/record_writer.h and tensorflow/core/util/event.proto in the TensorFlow repository).
 */
export class TensorBoardLog {
  readonly path: string
  private readonly file: AppendFile
  private readonly now: () => number

  /**
   * @param folder the run's folder; the file is named so that TensorBoard finds it
   * @param options.continueFrom step of the checkpoint that the run goes on from: events of later steps, and a torn last
   *   one, are cut off. Without it, event files of an earlier start are removed.
   * @param options.now clock in milliseconds since 1970
   */
  constructor(
    folder: string,
    options: { continueFrom?: number; now?: () => number; system?: AppendingFileSystem } = {},
  ) {
    const { continueFrom, now = Date.now } = options
    this.now = now
    const former = eventFiles(folder)
    if (continueFrom === undefined) for (const name of former) fs.rmSync(join(folder, name), { force: true })
    const fresh = `events.out.tfevents.${Math.floor(now() / 1000)}.${hostname()}.${process.pid}.0`
    this.path = join(folder, (continueFrom !== undefined && former.at(-1)) || fresh)
    let empty = true
    const goodLength = (bytes: Uint8Array): number => {
      if (continueFrom === undefined) return 0
      const later = records(bytes).find(({ event }) => event.step > continueFrom)
      const end = later ? later.start : (records(bytes).at(-1)?.end ?? 0)
      empty = end === 0
      return end
    }
    this.file = new AppendFile(this.path, goodLength, options.system)
    if (empty) this.file.append(record(encodeVersion(now() / 1000)))
  }

  /** Adds the values of one step, tag by tag: `{ 'train/loss': 1.5 }`. */
  scalars(step: number, values: Readonly<Record<string, number>>): void {
    this.file.append(record(encodeScalars(step, this.now() / 1000, values)))
  }

  sync(): void {
    this.file.sync()
  }

  close(): void {
    this.file.close()
  }
}

/** All scalars of an event file; a torn last record is left out. */
export function readScalars(path: string): ScalarEvent[] {
  let bytes: Uint8Array
  try {
    bytes = fs.readFileSync(path)
  } catch (error) {
    throw fileFailure(error, 'cannot read the events', path)
  }
  return records(bytes).flatMap(({ event: { step, wallTime, values } }) =>
    values.map(({ tag, value }) => ({ step, wallTime, tag, value })),
  )
}

function eventFiles(folder: string): string[] {
  try {
    return fs
      .readdirSync(folder)
      .filter((name) => name.startsWith('events.out.tfevents.'))
      .sort()
  } catch (error) {
    throw fileFailure(error, 'cannot read the folder', folder)
  }
}

/** TFRecord: length (uint64), masked CRC of the length, data, masked CRC of the data; all little-endian. */
function record(data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(data.length + 16)
  const view = new DataView(framed.buffer)
  view.setBigUint64(0, BigInt(data.length), true)
  view.setUint32(8, masked(crc32c(framed.subarray(0, 8))), true)
  framed.set(data, 12)
  view.setUint32(12 + data.length, masked(crc32c(data)), true)
  return framed
}

/** The CRC of data that contain CRCs is weak, therefore TFRecord stores it rotated and shifted. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

interface Event {
  step: number
  wallTime: number
  values: { tag: string; value: number }[]
}

/** The records up to the first that is torn or damaged. */
function records(bytes: Uint8Array): { start: number; end: number; event: Event }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const found: { start: number; end: number; event: Event }[] = []
  for (let start = 0; start + 16 <= bytes.length; ) {
    const length = Number(view.getBigUint64(start, true))
    const end = start + 16 + length
    if (end > bytes.length) break
    const data = bytes.subarray(start + 12, start + 12 + length)
    if (view.getUint32(start + 8, true) !== masked(crc32c(bytes.subarray(start, start + 8)))) break
    if (view.getUint32(end - 4, true) !== masked(crc32c(data))) break
    found.push({ start, end, event: decodeEvent(data) })
    start = end
  }
  return found
}

// Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5 }
// Summary { repeated Value value = 1 }, Value { string tag = 1; float simple_value = 2 }

function encodeVersion(wallTime: number): Uint8Array {
  return new BinaryWriter()
    .tag(1, WireType.Bit64)
    .double(wallTime)
    .tag(3, WireType.LengthDelimited)
    .string('brain.Event:2')
    .finish()
}

function encodeScalars(step: number, wallTime: number, values: Readonly<Record<string, number>>): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.Bit64).double(wallTime).tag(2, WireType.Varint).int64(step)
  writer.tag(5, WireType.LengthDelimited).fork()
  for (const [tag, value] of Object.entries(values)) {
    writer.tag(1, WireType.LengthDelimited).fork()
    // `float` refuses numbers beyond the float32 range; a diverged loss is shown as infinite.
    writer.tag(1, WireType.LengthDelimited).string(tag).tag(2, WireType.Bit32).float(Math.fround(value))
    writer.join()
  }
  return writer.join().finish()
}

function decodeEvent(data: Uint8Array): Event {
  const event: Event = { step: 0, wallTime: 0, values: [] }
  eachField(new BinaryReader(data), data.length, (field, reader) => {
    if (field === 1) event.wallTime = reader.double()
    else if (field === 2) event.step = Number(reader.int64())
    else if (field === 5) eachInside(reader, (number) => number === 1 && event.values.push(decodeValue(reader)) > 0)
    else return false
    return true
  })
  return event
}

function decodeValue(reader: BinaryReader): { tag: string; value: number } {
  const value = { tag: '', value: 0 }
  eachInside(reader, (field) => {
    if (field === 1) value.tag = reader.string()
    else if (field === 2) value.value = reader.float()
    else return false
    return true
  })
  return value
}

function eachInside(reader: BinaryReader, read: (field: number, reader: BinaryReader) => boolean): void {
  const length = reader.uint32()
  eachField(reader, reader.pos + length, read)
}

/** Calls `read` for every field up to byte `end`; a field that it does not know (false) is skipped. */
function eachField(reader: BinaryReader, end: number, read: (field: number, reader: BinaryReader) => boolean): void {
  while (reader.pos < end) {
    const [field, type] = reader.tag()
    if (!read(field, reader)) reader.skip(type, field)
  }
}
