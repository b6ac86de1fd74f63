import { describe, expect, it } from 'vitest'
import { sbu, sbuWorldCoordinates } from '../../../../src/data/readers/published/sbu.ts'
import { expectRefused, expectRobust, lines, memoryFile } from '../text-files.ts'

const NAME = 'SBU/s01s02/08/003/skeleton_pos.txt'

/** Frame number, then person p, joint v, coordinate c of frame t as t + p / 10 + v / 1000 + c / 100000. */
const text = (frames: number) =>
  lines(frames, 91, ',', (t, column) => {
    const i = column - 1
    return column === 0 ? 50 + t : t + Math.floor(i / 45) / 10 + Math.floor((i % 45) / 3) / 1000 + (i % 3) / 100000
  })
const read = (name: string, content: string) => sbu.read([memoryFile(name, content)], 'set.zip')

describe('SBU reader', () => {
  it('takes pair, class and take from the folders', () => {
    const dataset = read(NAME, text(3))
    const { id, label, layout, meta, points } = dataset.clip(0)
    expect({ id, layout, meta }).toEqual({
      id: 's01s02_08_003',
      layout: 'sbu',
      meta: { performer: 1, partner: 2, repetition: 3 },
    })
    expect(dataset.classes[label]).toBe('punching')
    const { data, ...shape } = points
    expect(shape).toEqual({ persons: 2, frames: 3, joints: 15, channels: 3 })
    const at = ((1 * 3 + 2) * 15 + 14) * 3 + 1
    expect(data[at]).toBe(Math.fround(2 + 0.1 + 0.014 + 0.00001))
  })

  it('reads lines that end as on Windows, and empty lines', () => {
    expect(read(NAME, text(2).replaceAll('\n', '\r\n\r\n')).clip(0)).toEqual(read(NAME, text(2)).clip(0))
  })

  it.each<[string, string, string, RegExp]>([
    ['a class that does not exist', NAME.replace('/08/', '/09/'), text(1), /unknown class\n.*1 to 8\n.*09/],
    ['a line that is too short', NAME, `${text(1)}1,2,3\n`, /skeleton_pos\.txt, line 2: .*\n.*91 numbers.*\n.*3/],
    [
      'text instead of a number',
      NAME,
      text(1).replace(/,[^,]*\n/, ',x\n'),
      /line 1, person 1, joint 14, z: .*\n.*\n.*"x"/,
    ],
    ['a hexadecimal number', NAME, text(1).replace(/,[^,]*\n/, ',0x10\n'), /"0x10"/],
    ['NaN', NAME, text(1).replace(/,[^,]*\n/, ',NaN\n'), /"NaN"/],
    ['a number beyond float32', NAME, text(1).replace(/,[^,]*\n/, ',1e39\n'), /"1e39"/],
    ['a file without lines', NAME, '\n', /has no frames/],
  ])('refuses %s', (_, name, content, message) => {
    expectRefused(() => read(name, content), message)
  })

  it('refuses a set without clips', () => {
    expectRefused(() => sbu.read([], 'set.zip'), /set\.zip: there are no clips/)
  })

  it('undoes the scaling of the files', () => {
    const points = { data: Float32Array.of(0.5, 0.25, 0.78125), persons: 1, frames: 1, joints: 1, channels: 3 }
    expect([...sbuWorldCoordinates(points).data]).toEqual([0, 480, 1000])
  })

  it('answers damage with an OssatureError', () => expectRobust(sbu, [memoryFile(NAME, text(2))]))
})
