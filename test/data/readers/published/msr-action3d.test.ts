import { describe, expect, it } from 'vitest'
import { msrAction3d } from '../../../../src/data/readers/published/msr-action3d.ts'
import { expectRefused, expectRobust, lines, memoryFile, memoryFiles } from '../text-files.ts'

const NAME = 'real_world_coordinates/a13_s09_e02_skeleton3D.txt'
const text = (frames: number) => lines(20 * frames, 4, ' ', (line, column) => (column === 3 ? 0.5 : line + column / 10))
const read = (content: string) => msrAction3d.read([memoryFile(NAME, content)], 'set.zip')

describe('MSR-Action3D reader', () => {
  it('reads a joint per line, its confidence too', () => {
    const dataset = read(text(2))
    const { id, label, meta, points, score } = dataset.clip(0)
    expect({ id, meta, title: dataset.classes[label] }).toEqual({
      id: 'a13_s09_e02',
      meta: { performer: 9, repetition: 2 },
      title: 'bend',
    })
    expect([points.frames, points.joints, points.channels]).toEqual([2, 20, 3])
    expect([...points.data.slice(3 * 25, 3 * 26)]).toEqual([25, 25.1, 25.2].map(Math.fround))
    expect([...score!]).toEqual(new Array(40).fill(0.5))
  })

  it('divides the listed clips by subject where the list is there', () => {
    const names = ['a01_s01_e01', 'a01_s02_e01', 'a02_s01_e01', 'a02_s02_e01']
    const clips = Object.fromEntries(names.map((name) => [`${name}_skeleton3D.txt`, text(1)]))
    const list = { 'files_used_in_cvpr12_paper.txt': 'a01_s02_e01\r\na01_s01_e01\r\na02_s01_e01' }
    const { splits } = msrAction3d.read(memoryFiles({ ...clips, ...list }), 'set.zip')
    expect(splits).toEqual({ 'msr-action3d-557': { train: [0, 2], test: [1] } })
  })

  it.each<[string, string, RegExp]>([
    ['a frame that is cut off', text(1) + lines(3, 4, ' ', () => 1), /frame 1: the last frame .*\n.*20 lines.*\n.*3/],
    ['a missing confidence', text(1).replace(' 0.5\n', '\n'), /line 1: .*\n.*4 numbers/],
    ['text', text(1).replace(' 0.5\n', ' half\n'), /line 1, confidence: .*\n.*\n.*"half"/],
  ])('refuses %s', (_, content, message) => {
    expectRefused(() => read(content), message)
  })

  it('answers damage with an OssatureError', () => expectRobust(msrAction3d, [memoryFile(NAME, text(2))]))
})
