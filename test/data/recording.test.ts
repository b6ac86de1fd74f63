import { describe, expect, it } from 'vitest'
import { clipsOfRecordings, cutFrames, type Recording } from '../../src/data/recording.ts'

/** Two persons, one joint; the coordinate is 100 times the person plus the frame. */
const points = (frames: number) => ({
  data: Float32Array.from({ length: 2 * frames }, (_, i) => 100 * Math.floor(i / frames) + (i % frames)),
  persons: 2,
  frames,
  joints: 1,
  channels: 1,
})

function set(segments: [number, number, number][], frames = 6) {
  let reads = 0
  const recording = (id: string): Recording => ({
    id,
    persons: 2,
    frames,
    segments: segments.map(([label, start, end], i) => ({ label, start, end, suffix: `_${i}` })),
    meta: { performer: 1 },
    points: () => {
      reads += 1
      return points(frames)
    },
  })
  const recordings = [recording('a'), recording('b')]
  const dataset = clipsOfRecordings({
    name: 'set',
    layout: 'one',
    classes: ['x', 'y'],
    joints: 1,
    channels: 1,
    recordings,
  })
  return { dataset, reads: () => reads }
}

describe('clips of recordings', () => {
  it('are cut from every person', () => {
    expect([...cutFrames(points(6), 2, 4).data]).toEqual([2, 3, 102, 103])
  })

  it('are known without reading a recording', () => {
    const { dataset, reads } = set([
      [1, 0, 2],
      [0, 3, 6],
    ])
    expect(dataset.entries.map(({ id, label, frames }) => [id, label, frames])).toEqual([
      ['a_0', 1, 2],
      ['a_1', 0, 3],
      ['b_0', 1, 2],
      ['b_1', 0, 3],
    ])
    expect(reads()).toBe(0)
  })

  it('read a recording once when they are taken in their order', () => {
    const { dataset, reads } = set([
      [1, 0, 2],
      [0, 3, 6],
    ])
    const firsts = dataset.entries.map((_, index) => dataset.clip(index).points.data[0])
    expect(firsts).toEqual([0, 3, 0, 3])
    expect(reads()).toBe(2)
    expect(() => dataset.clip(4)).toThrow(/0 to 3/)
  })

  it.each<[string, [number, number, number][]]>([
    ['behind the end', [[0, 4, 7]]],
    ['before the beginning', [[0, -1, 2]]],
    ['without frames', [[0, 2, 2]]],
  ])('refuses a segment %s', (_, segments) => {
    expect(() => set(segments)).toThrow(/recording a: a segment is not inside/)
  })

  it('refuses a recording that has changed since its length was counted', () => {
    const recording: Recording = {
      ...{ id: 'a', persons: 2, frames: 7, segments: [{ label: 0, start: 0, end: 2, suffix: '_0' }], meta: {} },
      points: () => points(6),
    }
    const form = { name: 'set', layout: 'one', classes: ['x'], joints: 1, channels: 1 }
    expect(() => clipsOfRecordings({ ...form, recordings: [recording] }).clip(0)).toThrow(
      /recording a: .*has changed.*\n.*7 frames\n.*6 frames/,
    )
  })

  it('refuses recordings without segments', () => {
    expect(() => set([])).toThrow(/no labelled segments/)
  })
})
