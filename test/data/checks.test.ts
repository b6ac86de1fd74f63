import { describe, expect, it } from 'vitest'
import { checkDataset, checkSplit } from '../../src/data/checks.ts'
import type { Clip } from '../../src/data/clip.ts'
import { type Dataset, datasetOf } from '../../src/data/dataset.ts'

function clip(id: string, label: number, frames = 2): Clip {
  const points = { data: new Float32Array(frames * 4 * 3), persons: 1, frames, joints: 4, channels: 3 }
  return { id, label, layout: 'four', points, meta: {} }
}

const good = () => [clip('a', 0), clip('b', 1), clip('c', 0)]
const CLASSES = ['walk', 'sit']

function withValue(where: 'points' | 'score', at: number, value: number): Clip[] {
  const clips = good()
  const score = new Float32Array(2 * 4)
  const changed = { ...clips[1], score }
  const values = where === 'points' ? changed.points.data : score
  values[at] = value
  return [clips[0], changed]
}

describe('checkDataset', () => {
  it('passes sound data', () => {
    expect(() => checkDataset(datasetOf('mine', CLASSES, good()))).not.toThrow()
  })

  it.each<[string, readonly string[], Clip[], RegExp]>([
    ['a class without clips', [...CLASSES, 'run', 'jump'], good(), /^mine: .*\n.*\n.*none of 'run', 'jump'/],
    ['one class', ['walk'], [clip('a', 0)], /at least two classes/],
    ['two classes of one name', ['walk', 'walk'], good(), /two classes are called 'walk'/],
    ['a label above the classes', CLASSES, [...good(), clip('d', 2)], /clip d: the label .*\n.*0 to 1.*\n.*2/],
    ['a negative label', CLASSES, [...good(), clip('d', -1)], /label is out of range/],
    ['a label that is NaN', CLASSES, [...good(), clip('d', Number.NaN)], /label is out of range/],
    ['a doubled id', CLASSES, [...good(), clip('b', 1)], /clip b \(number 3\): .*\n.*clip 1 again/],
    ['an empty id', CLASSES, [...good(), clip('', 1)], /an empty id/],
    ['a clip without frames', CLASSES, [...good(), clip('d', 1, 0)], /clip d: the clip has no frames/],
    ['NaN', CLASSES, withValue('points', 19, Number.NaN), /clip b, person 0, frame 1, joint 2: a coordinate/],
    ['infinity', CLASSES, withValue('points', 0, Number.POSITIVE_INFINITY), /found: {4}Infinity/],
    ['a confidence that is NaN', CLASSES, withValue('score', 5, Number.NaN), /frame 1, joint 1: a confidence/],
  ])('refuses %s', (_, classes, clips, message) => {
    expect(() => checkDataset(datasetOf('mine', classes, clips))).toThrow(message)
  })

  it('refuses arrays that do not fit the shape', () => {
    const [first, second] = good()
    const short = { ...second, points: { ...second.points, data: new Float32Array(23) } }
    expect(() => checkDataset(datasetOf('mine', CLASSES, [first, short]))).toThrow(/1 x 2 x 4 x 3\n.*23 numbers/)
    const scored = { ...second, score: new Float32Array(9) }
    expect(() => checkDataset(datasetOf('mine', CLASSES, [first, scored]))).toThrow(/1 x 2 x 4\n.*9 numbers/)
  })
})

describe('checkSplit', () => {
  const dataset: Dataset = datasetOf('mine', CLASSES, good())

  it.each([
    ['nothing to train on', [], [0], /the training part is empty/],
    ['nothing to test on', [0, 1], [], /the test part is empty/],
    ['a clip in both parts', [0, 1], [1], /clip b: .*\n.*in the training and in the test part/],
    ['a clip twice', [0, 0, 1], [2], /clip a: .*\n.*twice in the training part/],
    ['a clip that does not exist', [0, 1], [3], /clip number 3/],
    ['a class that is never trained', [0], [1, 2], /no training clips\n.*'sit'/],
  ])('refuses %s', (_, train, test, message) => {
    expect(() => checkSplit(dataset, { train, test })).toThrow(message)
  })

  it('passes a sound split', () => {
    expect(() => checkSplit(dataset, { train: [0, 1], test: [2] })).not.toThrow()
  })
})
