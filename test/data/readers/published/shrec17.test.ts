import { describe, expect, it } from 'vitest'
import { groupClasses } from '../../../../src/data/classes/class-groups.ts'
import { shrec17 } from '../../../../src/data/readers/published/shrec17.ts'
import { expectRefused, expectRobust, lines, memoryFiles } from '../text-files.ts'

const text = (frames: number) => lines(frames, 66, ' ', (t, column) => t + column / 100)
const path = (gesture: number, finger: number, subject: number) =>
  `gesture_${gesture}/finger_${finger}/subject_${subject}/essai_1/skeletons_world.txt`
const files = (train = '3 2 2 1 3 6 4\n', test = '1 1 1 1 1 1 2\n2 1 9 1 2 3 50\n') =>
  memoryFiles({
    [path(1, 1, 1)]: text(2),
    [path(3, 2, 2)]: text(4),
    'train_gestures.txt': train,
    'test_gestures.txt': test,
  })

describe("SHREC'17 reader", () => {
  it('gives the labels of the 28 gestures, which group to 14', () => {
    const dataset = shrec17.read(files(), 'set.zip')
    expect(dataset.entries.map(({ id, label, frames }) => [id, label, frames])).toEqual([
      ['g01_f1_s01_e01', 0, 2],
      ['g03_f2_s02_e01', 5, 4],
    ])
    expect(dataset.classes[5]).toBe('expand, whole hand')
    const coarse = groupClasses(dataset, 'shrec17-14')
    expect(coarse.entries.map(({ label }) => coarse.classes[label])).toEqual(['grab', 'expand'])
    expect(coarse.clip(1).label).toBe(2)
    expect(dataset.clip(1).points.data[66 + 21 * 3 + 2]).toBe(Math.fround(1.65))
  })

  it('divides the clips that are there as the lists say', () => {
    expect(shrec17.read(files(), 'set.zip').splits).toEqual({ shrec17: { train: [1], test: [0] } })
    expect(shrec17.read(files().slice(0, 2), 'set.zip').splits).toBeUndefined()
  })

  it('refuses lists that do not agree with the clips', () => {
    const wrong = (line: string) => () => shrec17.read(files(line), 'set.zip')
    expectRefused(
      wrong('3 2 2 1 3 6 5\n'),
      /train_gestures\.txt, line 1: .*\n.*label 6, 4 frames .*\n.*label 6, 5 frames/,
    )
    expectRefused(wrong('3 2 2 1 3 5 4\n'), /label 5, 4 frames/)
    expectRefused(wrong('3 2 2 1\n'), /7 numbers/)
  })

  it('refuses fingers and gestures that do not exist', () => {
    expectRefused(() => shrec17.read(memoryFiles({ [path(15, 1, 1)]: text(1) }), 'set.zip'), /1 to 14\n.*15/)
    expectRefused(() => shrec17.read(memoryFiles({ [path(1, 3, 1)]: text(1) }), 'set.zip'), /1 to 2\n.*3/)
  })

  it('answers damage with an OssatureError', () => expectRobust(shrec17, files()))
})
