import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { SafetensorsFile } from '../../../src/files/safetensors/file.ts'
import { writeSafetensors } from '../../../src/files/safetensors/safetensors.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ossature-'))
  path = join(folder, 'some.safetensors')
  const data = Float32Array.from({ length: 12 }, (_, i) => i / 2)
  const tensors = { points: { shape: [4, 3], data }, label: { shape: [2], data: Int32Array.of(3, -1) } }
  writeFileSync(path, writeSafetensors(tensors, { layout: 'nw_ucla' }))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('SafetensorsFile', () => {
  it('reads a range of the elements of a tensor', () => {
    const file = new SafetensorsFile(path)
    expect(file.header.metadata.get('layout')).toBe('nw_ucla')
    expect([...file.header.entries.keys()].sort()).toEqual(['label', 'points'])
    expect(file.readRange('label', 0, 2)).toEqual(Int32Array.of(3, -1))
    expect(file.readRange('points', 3, 6)).toEqual(Float32Array.of(1.5, 2, 2.5))
    expect(file.readRange('points', 12, 12)).toEqual(new Float32Array(0))
    file.close()
    file.close()
  })

  it.each([
    [-1, 2],
    [0, 13],
    [3, 2],
    [0.5, 2],
    [Number.NaN, 2],
  ])('refuses the range %d to %d', (from, to) => {
    const file = new SafetensorsFile(path)
    expect(() => file.readRange('points', from, to)).toThrow(/elements from 0 to 12/)
    file.close()
  })

  it('refuses a name that is not there, a file that is not there, a file of another kind, and reading after closing', () => {
    const file = new SafetensorsFile(path)
    expect(() => file.readRange('weight', 0, 1)).toThrow(/no tensor 'weight'/)
    file.close()
    expect(() => file.readRange('points', 0, 1)).toThrow(/was closed/)
    expect(() => new SafetensorsFile(join(folder, 'none'))).toThrow(/nothing at this path/)
    expect(() => new SafetensorsFile(folder)).toThrow(OssatureError)
    writeFileSync(path, 'abc')
    expect(() => new SafetensorsFile(path)).toThrow(/at least 8 bytes/)
  })

  it('tells when the file becomes shorter while it is open', () => {
    const file = new SafetensorsFile(path)
    truncateSync(path, 100)
    expect(() => file.readRange('points', 0, 12)).toThrow(/became shorter/)
    file.close()
  })
})
