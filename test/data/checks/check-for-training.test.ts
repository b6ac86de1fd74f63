import { describe, expect, it } from 'vitest'
import { checkDataset, checkSplit } from '../../../src/data/checks/check-for-training.ts'
import { findingsOf } from '../../../src/data/checks/dataset-findings.ts'
import type { Finding } from '../../../src/data/checks/findings.ts'
import { splitFindings } from '../../../src/data/checks/split-findings.ts'
import type { Clip } from '../../../src/data/clip.ts'
import { type Dataset, datasetOf } from '../../../src/data/dataset.ts'
import { OssatureError } from '../../../src/errors.ts'

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

function withArrays(data: Float32Array, score?: Float32Array): Clip[] {
  const [first, second] = good()
  return [first, { ...second, points: { ...second.points, data }, score }]
}

/** The error of what is refused. */
function refusal(check: () => void): OssatureError {
  try {
    check()
  } catch (error) {
    if (error instanceof OssatureError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** The checker finds it too, and says it in the same words. */
function expectFound({ message, details }: OssatureError, findings: readonly Finding[]): void {
  const same = findings.filter(({ mend }) => mend === details.hint)
  expect(same.map(({ severity }) => severity)).toEqual(['error'])
  expect(message.toLowerCase()).toContain(same[0].what.slice(0, -1).toLowerCase())
  expect(details.found).toContain(same[0].where[0])
}

describe('checkDataset', () => {
  it('passes sound data', () => {
    expect(() => checkDataset(datasetOf('mine', CLASSES, good()))).not.toThrow()
  })

  it.each<[string, readonly string[], Clip[], RegExp]>([
    [
      'classes without clips',
      [...CLASSES, 'run', 'jump'],
      good(),
      /^mine: classes have no clips\n.*run, jump\n.*--set classes=0,1.*--classes 0,1/,
    ],
    ['one class', ['walk'], [clip('a', 0)], /there is only one class/],
    ['clips of one class', CLASSES, [clip('a', 0)], /all clips are of one class\n.*walk/],
    ['two classes of one name', ['walk', 'walk'], good(), /classes have the same name\n.*walk/],
    ['labels above the classes', CLASSES, [...good(), clip('d', 2), clip('e', 3)], /0 to 1\n.*clip d: label 2, clip e/],
    ['a negative label', CLASSES, [...good(), clip('d', -1)], /clip d: label -1/],
    ['a label that is NaN', CLASSES, [...good(), clip('d', Number.NaN)], /clip d: label NaN/],
    ['a doubled id', CLASSES, [...good(), clip('b', 1)], /clip b \(numbers 1 and 3\)/],
    ['an empty id', CLASSES, [...good(), clip('', 1)], /a clip without id \(number 3\)/],
    ['a clip without frames', CLASSES, [...good(), clip('d', 1, 0)], /clip d: 0 frames, 1 persons/],
    ['NaN', CLASSES, withValue('points', 19, Number.NaN), /clip b, person 0, frame 1, joint 2: coordinate NaN/],
    ['infinity', CLASSES, withValue('points', 0, Number.POSITIVE_INFINITY), /joint 0: coordinate Infinity/],
    ['a confidence that is NaN', CLASSES, withValue('score', 5, Number.NaN), /frame 1, joint 1: confidence NaN/],
    ['too few coordinates', CLASSES, withArrays(new Float32Array(23)), /clip b: 23 coordinates for 1 x 2 x 4 x 3/],
    [
      'too many confidences',
      CLASSES,
      withArrays(new Float32Array(24), new Float32Array(9)),
      /clip b: 9 confidences for 1 x 2 x 4\n/,
    ],
  ])('refuses %s, as the checker does', (_, classes, clips, message) => {
    const dataset = datasetOf('mine', classes, clips)
    const error = refusal(() => checkDataset(dataset))
    expect(error.message).toMatch(message)
    expectFound(error, findingsOf(dataset))
  })

  it('reads every clip once, and none of wrongly labelled data', () => {
    const read: number[] = []
    const watched = (clips: readonly Clip[]): Dataset => {
      const dataset = datasetOf('mine', CLASSES, clips)
      return { ...dataset, clip: (index) => dataset.clip(read[read.push(index) - 1]) }
    }
    checkDataset(watched(good()))
    expect(read).toEqual([0, 1, 2])
    expect(() => checkDataset(watched([...good(), clip('d', 7)]))).toThrow()
    expect(read).toEqual([0, 1, 2])
  })

  it('names all clips that cannot be used, few of many', () => {
    const clips = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, i) => clip(id, i % 2))
    for (const { points } of clips) points.data[0] = Number.NaN
    expect(() => checkDataset(datasetOf('mine', CLASSES, clips))).toThrow(/clip a, .*, clip e, .* and 2 more/)
  })
})

describe('checkSplit', () => {
  const dataset: Dataset = datasetOf('mine', CLASSES, good())

  it.each([
    ['nothing to train on', [], [0], /no clips\n.*the training part/],
    ['nothing to test on', [0, 1], [], /no clips\n.*the test part/],
    ['a clip in both parts', [0, 1], [1], /clip b: in both parts/],
    ['a clip twice', [0, 0, 1], [2], /clip a: twice in the training part/],
    ['a clip that does not exist', [0, 1], [3], /0 to 2\n.*clip number 3 in the test part/],
    ['a class that is never trained', [0], [1, 2], /no training clips\n.*sit/],
    ['a class in neither part', [0], [2], /no training clips\n.*sit/],
  ])('refuses %s, as the checker does', (_, train, test, message) => {
    const error = refusal(() => checkSplit(dataset, { train, test }))
    expect(error.message).toMatch(message)
    expectFound(error, splitFindings(dataset, { train, test }))
  })

  it('passes a sound split', () => {
    expect(() => checkSplit(dataset, { train: [0, 1], test: [2] })).not.toThrow()
  })
})
