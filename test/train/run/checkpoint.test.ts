import * as fs from 'node:fs'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { readSafetensors, writeSafetensors } from '../../../src/files/safetensors/safetensors.ts'
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../../../src/train/run/checkpoint.ts'
import { CheckpointFolder } from '../../../src/train/run/checkpoint-folder.ts'
import { failingFileSystem, Killed } from '../failing-file-system.ts'
import { temporaryFolders } from '../temporary-folder.ts'

const newFolder = temporaryFolders()

function checkpoint(epoch: number, step = epoch * 10): Checkpoint {
  const weight = Float32Array.from({ length: 6 }, (_, k) => step + k / 8)
  return {
    tensors: new Map([
      ['fc.weight', { shape: [2, 3], data: weight }],
      ['momentum/fc.weight', { shape: [2, 3], data: weight.map((value) => -value) }],
      ['scale', { shape: [], data: new Float32Array([step]) }],
    ]),
    state: { epoch, step, bestMetric: -Infinity, random: { seed: 7, position: [1, 2] }, phase: 'train' },
  }
}

/** For checkpoints that are not what a test is about: nobody pulls the plug here. */
const quick = { ...fs, fsyncSync: () => {} }

const stepOf = (found: Checkpoint | undefined) => found?.state.step

describe('a checkpoint file', () => {
  it('gives back tensors and state, bit for bit', () => {
    const original = checkpoint(3)
    const read = decodeCheckpoint(encodeCheckpoint(original), 'c')
    expect(read.state).toEqual(original.state)
    expect(new Map(read.tensors)).toEqual(new Map(original.tensors))
  })

  it('is a safetensors file that other programs can open', () => {
    const { tensors, metadata } = readSafetensors(encodeCheckpoint(checkpoint(3)))
    expect(tensors.get('fc.weight')).toMatchObject({ dtype: 'F32', shape: [2, 3] })
    expect(JSON.parse(metadata.get('state') as string)).toMatchObject({ epoch: 3, step: 30, bestMetric: '-Infinity' })
  })

  it('keeps every float32, NaN included', () => {
    fc.assert(
      fc.property(fc.float32Array(), (data) => {
        const bytes = encodeCheckpoint({
          tensors: new Map([['x', { shape: [data.length], data }]]),
          state: { epoch: 0, step: 0 },
        })
        expect(decodeCheckpoint(bytes, 'c').tensors.get('x')?.data).toEqual(data)
      }),
      { numRuns: 50 },
    )
  })

  it('is refused when cut at any byte or changed at any byte', () => {
    const whole = encodeCheckpoint(checkpoint(1))
    for (let at = 0; at < whole.length; at++) {
      expect(() => decodeCheckpoint(whole.slice(0, at), 'c')).toThrow(OssatureError)
      const changed = whole.slice()
      changed[at] ^= 0x04
      // What stays unnoticed must be harmless: the same tensors and state (a space of the header's padding, a key's name).
      try {
        expect(decodeCheckpoint(changed, 'c')).toEqual(decodeCheckpoint(whole, 'c'))
      } catch (error) {
        expect(error).toBeInstanceOf(OssatureError)
      }
    }
  })

  it('of another origin is named as such', () => {
    const foreign = writeSafetensors({ x: { shape: [1], data: new Float32Array(1) } })
    expect(() => decodeCheckpoint(foreign, 'weights.safetensors')).toThrow(
      /weights\.safetensors: not a checkpoint of a run\n.*\n {2}found: {4}a safetensors file of another origin/,
    )
    const later = writeSafetensors({}, { format: 'ossature-checkpoint', version: '9' })
    expect(() => decodeCheckpoint(later, 'c')).toThrow(/version 9/)
  })
})

describe('a folder of checkpoints', () => {
  it('keeps the newest two and every k-th epoch', () => {
    const folder = new CheckpointFolder(newFolder(), { keepEvery: 4 })
    for (let epoch = 1; epoch <= 10; epoch++) folder.save(checkpoint(epoch))
    expect(folder.list().map(({ epoch }) => epoch)).toEqual([10, 9, 8, 4])
    const { path } = folder.list()[3]
    expect(stepOf(decodeCheckpoint(readFileSync(path), path))).toBe(40)
    expect(stepOf(folder.resume())).toBe(100)
  })

  it('keeps the end of an epoch rather than its middle', () => {
    const folder = new CheckpointFolder(newFolder(), { keepEvery: 1 })
    for (const step of [10, 13, 16, 20, 23]) folder.save(checkpoint(Math.floor(step / 10), step))
    expect(folder.list().map(({ step }) => step)).toEqual([23, 20, 10])
  })

  it('has nothing to go on from at first', () => {
    expect(new CheckpointFolder(newFolder()).resume()).toBeUndefined()
  })

  it('goes back to the checkpoint before a damaged one, and says so', () => {
    const path = newFolder()
    const warnings: string[] = []
    const folder = new CheckpointFolder(path, { warn: (text) => warnings.push(text) })
    folder.save(checkpoint(1))
    folder.save(checkpoint(2))
    const newest = folder.list()[0].path
    writeFileSync(newest, readFileSync(newest).subarray(0, 100))

    expect(stepOf(folder.resume())).toBe(10)
    expect(warnings[0]).toContain(newest)
    expect(warnings[1]).toMatch(/going back to the checkpoint before: .*epoch-0001-step-00000010/)
    expect(readdirSync(path).sort()).toEqual([
      'epoch-0001-step-00000010.safetensors',
      'epoch-0002-step-00000020.safetensors.damaged',
    ])
    warnings.length = 0
    folder.save(checkpoint(2))
    expect(stepOf(folder.resume())).toBe(20)
    expect(warnings).toEqual([])
  })

  it('does not silently start over when every checkpoint is damaged', () => {
    const folder = new CheckpointFolder(newFolder(), { warn: () => {} })
    folder.save(checkpoint(1))
    writeFileSync(folder.list()[0].path, '')
    expect(() => folder.resume()).toThrow(/the checkpoint is empty/)
  })
})

describe('saving to a failing disk', () => {
  /** Checkpoints 1 and 2 are saved well, 3 meets the fault. */
  function saveThird(path: string, system?: ReturnType<typeof failingFileSystem>['system'], warnings: string[] = []) {
    const warn = (text: string) => warnings.push(text)
    const before = new CheckpointFolder(path, { system: quick })
    before.save(checkpoint(1))
    before.save(checkpoint(2))
    new CheckpointFolder(path, { warn, system }).save(checkpoint(3))
  }

  const counting = failingFileSystem('error', Infinity)
  saveThird(newFolder(), counting.system)
  const calls = counting.calls()

  function expectSound(path: string, outcome: 'saved' | 'failed') {
    const warnings: string[] = []
    const folder = new CheckpointFolder(path, { warn: (text) => warnings.push(text), system: quick })
    const last = folder.resume()
    expect(outcome === 'saved' ? [30] : [20, 30]).toContain(stepOf(last))
    expect(last).toEqual(checkpoint(stepOf(last) === 30 ? 3 : 2))
    expect(warnings).toEqual([])
    expect(readdirSync(path).filter((name) => !/^epoch-\d+-step-\d+\.safetensors$/.test(name))).toEqual([])
    folder.save(checkpoint(3))
    folder.save(checkpoint(4))
    expect(folder.list().map(({ epoch }) => epoch)).toEqual([4, 3])
  }

  it(`survives an input/output error at any of its calls`, () => {
    // Folder, open, write, sync, close, rename, list, remove.
    expect(calls).toBeGreaterThanOrEqual(8)
    for (let at = 1; at <= calls; at++) {
      const path = newFolder()
      const warnings: string[] = []
      let outcome: 'saved' | 'failed' = 'saved'
      try {
        saveThird(path, failingFileSystem('error', at).system, warnings)
      } catch (error) {
        expect(error).toBeInstanceOf(OssatureError)
        expect(String(error)).toMatch(/cannot (write the file|make the folder)/)
        outcome = 'failed'
      }
      expectSound(path, outcome)
    }
  })

  it('survives a process that dies at any of its calls, between writing and renaming too', () => {
    for (let at = 1; at <= calls; at++) {
      const path = newFolder()
      try {
        saveThird(path, failingFileSystem('kill', at).system)
      } catch (error) {
        if (!(error instanceof OssatureError)) expect(error).toBeInstanceOf(Killed)
      }
      expectSound(path, 'failed')
    }
  })

  it('survives a full disk, whichever write meets it first', () => {
    for (let at = 1; at <= calls; at++) {
      const path = newFolder()
      let outcome: 'saved' | 'failed' = 'saved'
      try {
        saveThird(path, failingFileSystem('full', at).system)
      } catch (error) {
        expect(String(error)).toMatch(/no space left on the disk/)
        outcome = 'failed'
      }
      expectSound(path, outcome)
    }
  })

  it('says which file, what happened and what to do', () => {
    const path = newFolder()
    expect(() => saveThird(path, failingFileSystem('full', 1).system)).toThrow(
      `${join(path, 'epoch-0003-step-00000030.safetensors')}: cannot write the file\n` +
        '  found:    no space left on the disk\n  Free some space or choose a path on another disk.',
    )
  })
})
