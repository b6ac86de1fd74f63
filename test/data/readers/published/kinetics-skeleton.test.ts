import { describe, expect, it } from 'vitest'
import { kineticsSkeleton } from '../../../../src/data/readers/published/kinetics-skeleton.ts'
import { recordedFile } from '../recorded-files.ts'

const person = (x: number, score: number) => ({
  pose: Array.from({ length: 36 }, (_, i) => (i % 2 === 0 ? x : 0.25)),
  score: Array.from({ length: 18 }, () => score),
})
const clip = (label: number, data: unknown, name = `label ${label}`) => ({ data, label: name, label_index: label })
const one = [{ frame_index: 1, skeleton: [person(0.5, 1)] }]
const read = (...contents: unknown[]) =>
  kineticsSkeleton.read(
    contents.map((content, i) => recordedFile(`kinetics_train/${i}.json`, content)),
    'set',
  )

describe('Kinetics-Skeleton reader', () => {
  it('puts frames at their index and persons in the order of their scores', () => {
    const dataset = read(clip(1, [{ frame_index: 3, skeleton: [person(0.5, 0.25), person(0.75, 0.5)] }]))
    const { points, score, layout } = dataset.clip(0)
    expect(layout).toBe('openpose')
    expect(points).toMatchObject({ persons: 2, frames: 3, joints: 18, channels: 2 })
    const at = (m: number, t: number) => points.data[(m * 3 + t) * 36]
    expect([at(0, 0), at(0, 2), at(1, 2)]).toEqual([0, 0.75, 0.5])
    expect(score![2 * 18]).toBe(0.5)
    expect(dataset.classes).toEqual(['class 0', 'label 1'])
  })

  it('makes a split of the folders, and leaves out what the list marks as empty', () => {
    const files = [
      recordedFile('kinetics_train/a.json', clip(0, one)),
      recordedFile('kinetics_train/b.json', clip(1, [])),
      recordedFile('kinetics_val/c.json', clip(1, one)),
      recordedFile('kinetics_train_label.json', { b: { has_skeleton: false, label: 'label 1', label_index: 1 } }),
    ]
    expect(kineticsSkeleton.recognises(files)).toBe(true)
    const dataset = kineticsSkeleton.read(files, 'set')
    expect(dataset.splits).toEqual({ kinetics: { train: [0], test: [1] } })
    expect(dataset.notes).toEqual(['1 clips show nobody and were left out.'])
  })

  it.each<[string, unknown[], RegExp]>([
    ['a clip without frames', [clip(0, [])], /shows nobody/],
    ['frames that go back', [clip(0, [...one, ...one])], /data 1: frames do not follow[\s\S]*from 2 to 100000\n.*1/],
    ['a frame beyond all clips', [clip(0, [{ frame_index: 1e9, skeleton: [] }])], /frames do not follow/],
    [
      '17 joints',
      [clip(0, [{ frame_index: 1, skeleton: [{ pose: new Array(34).fill(0), score: [] }] }])],
      /frame 1, skeleton 0, pose: /,
    ],
    ['no label', [{ data: one }], /label_index: /],
    ['a label beyond all sets', [clip(1e6, one)], /label is out of range/],
    ['two names of a class', [clip(0, one, 'a'), clip(0, one, 'b')], /class 0 has two names/],
  ])('refuses %s', (_, contents, message) => {
    expect(() => read(...contents)).toThrow(message)
  })
})
