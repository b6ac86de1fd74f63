import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { crc32c } from '../../../src/train/run/crc32c.ts'
import { readScalars, TensorBoardLog } from '../../../src/train/run/tensorboard.ts'
import { failingFileSystem } from '../failing-file-system.ts'
import { temporaryFolders } from '../temporary-folder.ts'

const newFolder = temporaryFolders()
const now = () => 1_700_000_000_500

function write(folder: string, steps: readonly number[], continueFrom?: number): string {
  const log = new TensorBoardLog(folder, { continueFrom, now })
  for (const step of steps) log.scalars(step, { 'train/loss': 1 / step })
  log.close()
  return log.path
}

const stepsIn = (path: string) => readScalars(path).map(({ step }) => step)

describe('CRC-32C', () => {
  it('gives the values of RFC 3720, appendix B.4', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, k) => k))).toBe(0x46dd794e)
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, k) => 31 - k))).toBe(0x113fdb5c)
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  })
})

describe('a TensorBoard event file', () => {
  it('has the bytes that TensorBoard 2.21 writes for the same events', () => {
    const folder = newFolder()
    const log = new TensorBoardLog(folder, { now })
    log.scalars(7, { 'train/loss': 0.25 })
    log.close()
    const version = '1800000000000000a37f4b220900002040fc54d9411a0d627261696e2e4576656e743a322b353110'
    const scalar = '200000000000000029eda9500900002040fc54d94110072a130a110a0a747261696e2f6c6f7373150000803e27fcc89b'
    expect(readFileSync(log.path).toString('hex')).toBe(version + scalar)
  })

  it('gives back steps, tags, times and values', () => {
    const folder = newFolder()
    const log = new TensorBoardLog(folder, { now })
    log.scalars(0, { 'train/loss': 1.5, 'train/top-1': 0.25 })
    log.scalars(3_000_000_000, { 'train/loss': Number.NaN, big: 1e300 })
    log.close()
    const wallTime = 1_700_000_000.5
    expect(readScalars(log.path)).toEqual([
      { step: 0, wallTime, tag: 'train/loss', value: 1.5 },
      { step: 0, wallTime, tag: 'train/top-1', value: 0.25 },
      { step: 3_000_000_000, wallTime, tag: 'train/loss', value: Number.NaN },
      { step: 3_000_000_000, wallTime, tag: 'big', value: Infinity },
    ])
  })

  it('goes on in the same file from a checkpoint, later and torn records cut off', () => {
    const folder = newFolder()
    const path = write(folder, [1, 2, 3, 4])
    appendFileSync(path, new Uint8Array([9, 0, 0]))
    expect(write(folder, [3, 4, 5], 2)).toBe(path)
    expect(stepsIn(path)).toEqual([1, 2, 3, 4, 5])
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('is a new file when the run starts over', () => {
    const folder = newFolder()
    write(folder, [1, 2])
    const path = write(folder, [1])
    expect(stepsIn(path)).toEqual([1])
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('is readable up to its first damaged byte', () => {
    const path = write(newFolder(), [1, 2, 3])
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at++) {
      const damaged = Uint8Array.from(whole)
      damaged[at] ^= 0x10
      writeFileSync(path, damaged)
      const steps = stepsIn(path)
      expect([1, 2, 3].slice(0, steps.length)).toEqual(steps)
      expect(steps.length).toBeLessThan(3)
    }
  })

  it('keeps whole records when the disk is full', () => {
    const folder = newFolder()
    const log = new TensorBoardLog(folder, { now, system: failingFileSystem('full', 5).system })
    log.scalars(1, { loss: 1 })
    log.scalars(2, { loss: 1 })
    expect(() => log.scalars(3, { loss: 1 })).toThrow(/no space left/)
    log.close()
    expect(stepsIn(write(folder, [3], 2))).toEqual([1, 2, 3])
  })
})
