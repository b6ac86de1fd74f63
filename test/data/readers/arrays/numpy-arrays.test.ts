import { describe, expect, it } from 'vitest'
import { clipAxesOf, clipOfAxes } from '../../../../src/data/readers/arrays/feeder-axes.ts'
import { labelsOfArray } from '../../../../src/data/readers/arrays/feeder-labels.ts'
import { numpyArrays } from '../../../../src/data/readers/arrays/numpy-arrays.ts'
import { eighth, fixtureBytes, fixtureFiles, recordedFile } from '../recorded-files.ts'

describe('reader of NumPy arrays', () => {
  it('reads x_train, y_train, x_test, y_test of CTR-GCN', () => {
    const dataset = numpyArrays.read(fixtureFiles('ctr-gcn.npz'), 'set')
    expect(dataset).toMatchObject({ layout: 'nturgb+d', joints: 25, channels: 3 })
    expect(dataset.classes).toHaveLength(4)
    const test = dataset.entries.map(({ id }) => id.startsWith('x_test'))
    expect(dataset.splits!.arrays.test).toEqual([...test.keys()].filter((i) => test[i]))
    const [first, second, third] = dataset.splits!.arrays.train.map((i) => dataset.clip(i))
    expect([first.label, second.label, third.label]).toEqual([0, 2, 3])
    // Frame 3 of the first clip is padding; the second clip has one person.
    expect([first, second].map(({ points }) => [points.persons, points.frames])).toEqual([
      [2, 3],
      [1, 4],
    ])
    // Person 1, frame 2, joint 0: behind two clips of 600, two frames of 150 and the first person.
    expect(third.points.data[(4 + 2) * 75]).toBe(eighth(1200 + 300 + 75))
  })

  it('reads an archive that lies in a folder alike', () => {
    const inFolder = numpyArrays.read([recordedFile('a/ctr-gcn.npz', fixtureBytes('ctr-gcn.npz'))], 'set')
    expect(inFolder.entries).toHaveLength(5)
  })

  it('reads the arrays and pickled names of ST-GCN', () => {
    const dataset = numpyArrays.read(fixtureFiles('st-gcn'), 'set')
    expect(dataset.entries.map(({ id, label }) => [id, label])).toEqual([
      ['one', 1],
      ['two', 0],
    ])
    // (N, C, T, V, M): person 1, frame 3, joint 24, z of the second clip is the last number.
    expect(dataset.clip(1).points.data.at(-1)).toBe(eighth(2 * 600 - 1))
    expect(dataset.clip(0).points.data.slice(0, 3)).toEqual(Float32Array.of(0, eighth(200), eighth(400)))
  })

  it('names what is missing', () => {
    const [data, label] = fixtureFiles('st-gcn')
    expect(() => numpyArrays.read([data], 'set')).toThrow(/train_data needs one file of labels\n.*train_label/)
    const renamed = { ...data, name: 'label.npy' }
    expect(() => numpyArrays.read([renamed, label], 'set')).toThrow(/no array of clips\n.*\n.*label \(2, 3, 4, 25, 2\)/)
  })
})

describe('axes of arrays of clips', () => {
  it.each<[number[], number[], string]>([
    [[9, 300, 150], [2, 300, 25, 3], 'nturgb+d'],
    [[9, 300, 75], [1, 300, 25, 3], 'nturgb+d'],
    [[9, 3, 300, 18, 2], [2, 300, 18, 3], 'openpose'],
    [[9, 2, 300, 25, 3], [2, 300, 25, 3], 'nturgb+d'],
    [[9, 64, 17, 2], [1, 64, 17, 2], 'coco'],
    [[9, 3, 52, 20, 1], [1, 52, 20, 3], 'nw_ucla'],
  ])('%j', (shape, [persons, frames, joints, channels], layout) => {
    expect(clipAxesOf(shape, 'x')).toMatchObject({ persons, frames, joints, channels, layout })
  })

  it('are refused where they have two meanings or none', () => {
    expect(() => clipAxesOf([9, 3, 64, 25, 3], 'x')).toThrow(/two meanings\n.*\n.*\(9, 3, 64, 25, 3\)/)
    expect(() => clipAxesOf([9, 2, 64, 17, 2], 'x')).toThrow(/two meanings/)
    expect(() => clipAxesOf([9, 64, 24, 3], 'x')).toThrow(/no known meaning/)
    expect(() => clipAxesOf([9, 0, 150], 'x')).toThrow(/no known meaning/)
  })

  it('makes confidences of the third coordinate of image poses', () => {
    const axes = clipAxesOf([1, 3, 1, 18, 1], 'x')
    const { points, score } = clipOfAxes(
      Array.from({ length: 54 }, (_, i) => i + 1),
      axes,
      'x',
    )
    expect([...points.data.slice(0, 4)]).toEqual([1, 19, 2, 20])
    expect([points.channels, score![0], score![17]]).toEqual([2, 37, 54])
  })

  it('keeps the length of a clip of zeros, and refuses numbers that are not finite', () => {
    const axes = clipAxesOf([1, 4, 150], 'x')
    expect(clipOfAxes(new Float32Array(600), axes, 'x').points).toMatchObject({ persons: 1, frames: 4 })
    const wrong = new Float32Array(600)
    wrong[450 + 3] = Number.NaN
    expect(() => clipOfAxes(wrong, axes, 'x, clip 0')).toThrow(/x, clip 0, .*float32 can hold\n.*NaN/)
  })
})

describe('labels of arrays', () => {
  const labels = (shape: number[], values: number[]) =>
    labelsOfArray({ shape, data: () => Float64Array.from(values) }, 'y')

  it('takes integers and one-hot rows, and nothing else', () => {
    expect(labels([3], [0, 2, 1])).toEqual([0, 2, 1])
    expect(labels([2, 3], [0, 0, 1, 1, 0, 0])).toEqual([2, 0])
    expect(() => labels([2, 2], [0, 0, 0, 1])).toThrow(/y, clip 0: .*not one-hot/)
    expect(() => labels([2], [0, 0.5])).toThrow(/y, clip 1: .*no class index\n.*\n.*0\.5/)
    expect(() => labels([1, 1, 2], [0, 1])).toThrow(/another shape/)
  })
})
