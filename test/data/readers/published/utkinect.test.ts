import { describe, expect, it } from 'vitest'
import { readUtkinectRecordings, utkinect } from '../../../../src/data/readers/published/utkinect.ts'
import { expectRefused, expectRobust, memoryFiles } from '../text-files.ts'

const FRAMES = [10, 12, 12, 14, 20, 22]
/** All coordinates of a frame are the line's place in the file. */
const joints = FRAMES.map((frame, i) => `${frame}   ${new Array(60).fill(i).join('  ')}`).join('\n')
const LABELS = 's01_e02\nwalk: 10 14 \nsitDown: 15 22\ncarry:  NaN NaN\n\n'
const files = (labels = LABELS, text = joints) =>
  memoryFiles({ 'joints/joints_s01_e02.txt': text, 'joints/actionLabel.txt': labels })
const firstNumbers = (index: number, dataset = utkinect.read(files(), 'set.zip')) => {
  const { data, frames } = dataset.clip(index).points
  return Array.from({ length: frames }, (_, frame) => data[frame * 60])
}

describe('UTKinect reader', () => {
  it('cuts the recording at the frame numbers, both ends included, and takes the first of doubled frames', () => {
    const dataset = utkinect.read(files(), 'set.zip')
    expect(dataset.entries).toEqual([
      { id: 's01_e02_walk', label: 0, persons: 1, frames: 3, meta: { performer: 1, repetition: 2 } },
      { id: 's01_e02_sitDown', label: 1, persons: 1, frames: 2, meta: { performer: 1, repetition: 2 } },
    ])
    expect(firstNumbers(0)).toEqual([0, 1, 3])
    expect(firstNumbers(1)).toEqual([4, 5])
    expect(dataset.notes).toEqual([
      's01_e02 has no carry: its interval is not given.',
      '1 frames are listed twice; the first of each is taken.',
      'The labels are those of joints/actionLabel.txt.',
    ])
  })

  it('hands out the recordings uncut', () => {
    const [recording] = readUtkinectRecordings(files(), 'set.zip').recordings
    expect(recording.frames).toBe(5)
    expect(recording.segments.map(({ label, start, end }) => [label, start, end])).toEqual([
      [0, 0, 3],
      [1, 3, 5],
    ])
    expect(recording.points().frames).toBe(5)
  })

  it('takes the corrected labels where they are there', () => {
    const corrected = memoryFiles({ 'joints/actionLabel_modified.txt': 's01_e02\nwalk: 20 22' })
    expect(firstNumbers(0, utkinect.read([...files(), ...corrected], 'set.zip'))).toEqual([4, 5])
  })

  it('gives clips that can be changed without changing each other', () => {
    const dataset = utkinect.read(files(), 'set.zip')
    dataset.clip(0).points.data.fill(7)
    expect(firstNumbers(0, dataset)).toEqual([0, 1, 3])
  })

  it.each<[string, string, string, RegExp]>([
    ['no labels for a recording', 's02_e01\nwalk: 1 2', joints, /has no labels\n.*no s01_e02/],
    ['an interval before any recording', 'walk: 1 2', joints, /line 1: this is neither/],
    ['an unknown action', 's01_e02\nhop: 1 2', joints, /line 2: .*\n.*walk, sitDown/],
    ['an interval without frames', 's01_e02\nwalk: 1 9', joints, /s01_e02, walk: .*\n.*between 10 and 22\n.*1 to 9/],
    ['an interval that runs backwards', 's01_e02\nwalk: 14 10', joints, /ends before it begins/],
    ['an action twice', 's01_e02\nwalk: 10 12\nwalk: 14 20', joints, /stands twice\n.*walk/],
    ['a recording twice', 's01_e02\ns01_e02', joints, /recording stands twice/],
    ['frame numbers that fall', LABELS, joints.replace(/^20/m, '11'), /line 5: .*do not rise\n.*14\n.*11/],
  ])('refuses %s', (_, labels, text, message) => {
    expectRefused(() => utkinect.read(files(labels, text), 'set.zip'), message)
  })

  it('refuses recordings without labels', () => {
    expectRefused(() => utkinect.read(files().slice(1), 'set.zip'), /labels are missing/)
  })

  it('answers damage with an OssatureError', () => expectRobust(utkinect, files()))
})
