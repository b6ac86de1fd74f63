import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { nwUcla } from '../../../../src/data/readers/published/nw-ucla.ts'
import { OssatureError } from '../../../../src/errors.ts'
import type { NamedFile } from '../../../../src/files/named-file.ts'
import { readZip } from '../../../../src/files/zip/zip.ts'
import { mutationsOf } from '../../../files/mutations.ts'

/** Frames of 20 joints; coordinate c of joint v in frame t is t + v / 100 + c / 10. */
function skeletons(frames: number): unknown[][][] {
  const joint = (t: number, v: number) => [0, 1, 2].map((c) => t + v / 100 + c / 10)
  return Array.from({ length: frames }, (_, t) => Array.from({ length: 20 }, (_, v) => joint(t, v)))
}

function file(name: string, content: unknown): NamedFile {
  const bytes = strToU8(typeof content === 'string' ? content : JSON.stringify(content))
  return { name, size: bytes.length, where: `set.zip, ${name}`, bytes: () => bytes }
}

const NAME = 'all_sqe/a08_s02_e03_v01.json'
const read = (name: string, content: unknown) => nwUcla.read([file(name, content)], 'set.zip')

describe('NW-UCLA reader', () => {
  it('takes label, performer, repetition and camera from the file name', () => {
    const dataset = read(NAME, { file_name: 'a08_s02_e03_v01', skeletons: skeletons(3) })
    const clip = dataset.clip(0)
    expect(clip.id).toBe('a08_s02_e03_v01')
    expect(dataset.classes[clip.label]).toBe('donning')
    expect(clip.meta).toEqual({ performer: 2, repetition: 3, camera: 1 })
    expect(clip.layout).toBe('nw_ucla')
    const { data, ...shape } = clip.points
    expect(shape).toEqual({ persons: 1, frames: 3, joints: 20, channels: 3 })
    expect(data[(2 * 20 + 7) * 3 + 1]).toBe(Math.fround(2 + 0.07 + 0.1))
  })

  it('gives the ten actions labels 0 to 9 and sorts clips by id', () => {
    const actions = ['12', '11', '09', '08', '06', '05', '04', '03', '02', '01']
    const files = actions.map((action) => file(`a${action}_s01_e00_v01.json`, { skeletons: skeletons(1) }))
    const { entries, classes } = nwUcla.read(files, 'folder')
    expect(entries.map(({ label }) => label)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(classes).toHaveLength(10)
  })

  it('passes over files that are not JSON', () => {
    const files = [file('README.md', 'text'), file(NAME, { skeletons: skeletons(1) })]
    expect(nwUcla.read(files, 'folder').entries).toHaveLength(1)
    expect(nwUcla.recognises(files)).toBe(true)
    expect(nwUcla.recognises(files.slice(0, 1))).toBe(false)
  })

  const point = (value: unknown) => {
    const frames = skeletons(2)
    frames[1][19][2] = value
    return { skeletons: frames }
  }
  const withJoints = (count: number) => ({ skeletons: [skeletons(1)[0].slice(0, count)] })
  const withChannels = { skeletons: [[...skeletons(1)[0].slice(1), [0, 0]]] }
  it.each<[string, string, unknown, RegExp]>([
    ['a name of another form', 'all_sqe/clip1.json', {}, /clip1\.json: the file name is not one of NW-UCLA/],
    ['an action that does not exist', 'a07_s01_e00_v01.json', {}, /unknown action\n.*\n {2}found: {4}7/],
    ['text that is not JSON', NAME, '{"skeletons": [[[NaN]]]}', /a08_s02_e03_v01\.json: the file is not JSON/],
    ['JSON of another kind', NAME, [], /something else than an object/],
    ['null', NAME, 'null', /something else than an object/],
    ['the contents of another clip', NAME, { file_name: 'a01_s01_e00_v01' }, /another clip/],
    ['no skeletons', NAME, {}, /found: {4}nothing/],
    ['an empty list of skeletons', NAME, { skeletons: [] }, /no frames/],
    ['a frame that is no list', NAME, { skeletons: [7] }, /frame 0: .*\n.*20 joints\n.*7/],
    ['a missing joint', NAME, withJoints(19), /frame 0: .*\n.*20 joints\n {2}found: {4}a list of 19/],
    ['a missing coordinate', NAME, withChannels, /frame 0, joint 19: .*\n.*3 coordinates\n.*a list of 2/],
    ['a coordinate that is null', NAME, point(null), /frame 1, joint 19, z: .*\n {2}found: {4}null/],
    ['a coordinate that is text', NAME, point('1'), /found: {4}"1"/],
    ['a coordinate beyond float32', NAME, point(1e39), /found: {4}1e\+39/],
  ])('refuses %s', (_, name, content, message) => {
    expect(() => read(name, content)).toThrow(OssatureError)
    expect(() => read(name, content)).toThrow(message)
  })

  it('refuses one clip twice, and a set without clips', () => {
    const content = { skeletons: skeletons(1) }
    const twice = [file(NAME, content), file('copy/a08_s02_e03_v01.json', content)]
    expect(() => nwUcla.read(twice, 'folder')).toThrow(/two clips 'a08_s02_e03_v01'\n.*copy/)
    expect(() => nwUcla.read([], 'folder')).toThrow(/no clips here/)
  })

  it('answers damage with an OssatureError', () => {
    const bytes = strToU8(JSON.stringify({ file_name: 'a08_s02_e03_v01', skeletons: skeletons(1) }))
    const archive = zipSync({ [NAME]: [bytes, { level: 0 }] })
    const survives = (files: () => NamedFile[]) => {
      try {
        nwUcla.read(files(), 'set.zip')
      } catch (error) {
        if (!(error instanceof OssatureError)) throw error
      }
    }
    const numRuns = Number(process.env.OSSATURE_MUTATIONS ?? 300)
    const damagedJson = mutationsOf(bytes)
    fc.assert(
      fc.property(damagedJson, (damaged) => survives(() => [{ ...file(NAME, ''), bytes: () => damaged }])),
      { numRuns },
    )
    const damagedZip = mutationsOf(archive)
    fc.assert(
      fc.property(damagedZip, (damaged) => survives(() => readZip(damaged, 'set.zip'))),
      { numRuns },
    )
  })
})
