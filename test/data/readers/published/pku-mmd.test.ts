import { describe, expect, it } from 'vitest'
import { pkuMmd } from '../../../../src/data/readers/published/pku-mmd.ts'
import { expectRefused, expectRobust, lines, memoryFiles } from '../text-files.ts'

/** Person p, joint v, coordinate c of row t: t + i / 1000 with i the place in the row. */
const skeletons = (frames: number) => lines(frames, 150, ' ', (t, column) => t + column / 1000)
const files = (labels = '12,1,3,2\n34,5,9,1\n', frames = 10) =>
  memoryFiles({
    'skeletons/A03N07-R.txt': skeletons(frames),
    'labels/A03N07-R.txt': labels,
    'skeletons/A01N02-L.txt': skeletons(4),
    'labels/A01N02-L.txt': '12,2,4,2\n',
    'cross_subject_v2.txt': 'Training videos:\nA03N07-R\nValidation videos:\nA01N02-L\n',
  })

describe('PKU-MMD reader', () => {
  it('cuts frames from 1, both ends included, and keeps both bodies', () => {
    const dataset = pkuMmd.read(files(), 'set.zip')
    expect(dataset.entries).toEqual([
      {
        id: 'A01N02-L_01',
        label: 0,
        persons: 2,
        frames: 3,
        meta: { setup: 1, performer: 2, camera: 1, frameRate: 30 },
      },
      {
        id: 'A03N07-R_01',
        label: 0,
        persons: 2,
        frames: 3,
        meta: { setup: 3, performer: 7, camera: 3, frameRate: 30 },
      },
      {
        id: 'A03N07-R_02',
        label: 1,
        persons: 2,
        frames: 5,
        meta: { setup: 3, performer: 7, camera: 3, frameRate: 30 },
      },
    ])
    expect(dataset.classes).toEqual(['giving something to other person', 'standing up'])
    const { points } = dataset.clip(2)
    expect(points.data[0]).toBe(4)
    expect(points.data[(1 * 5 + 4) * 75 + 74]).toBe(Math.fround(8 + 0.149))
    expect(dataset.clip(0).points.data[0]).toBe(1)
  })

  it('takes the published lists as splits', () => {
    expect(pkuMmd.read(files(), 'set.zip').splits).toEqual({ 'cross-subject': { train: [1, 2], test: [0] } })
  })

  it('reads the names of phase 1, too', () => {
    const phase1 = memoryFiles({ 'a/0002-M.txt': skeletons(2), 'b/0002-M.txt': '1,1,2,1\n' })
    expect(pkuMmd.read(phase1, 'set.zip').entries[0].meta).toEqual({ setup: 2, camera: 2, frameRate: 30 })
  })

  it('cuts an interval that runs beyond the recording, and says so', () => {
    const { entries, notes } = pkuMmd.read(files('12,8,20,1\n'), 'set.zip')
    expect(entries[1].frames).toBe(3)
    expect(notes).toEqual([expect.stringMatching(/A03N07-R\.txt, line 1: .*ends at frame 20, the recording at 10/)])
  })

  it.each<[string, string, RegExp]>([
    ['an unknown action', '52,1,2,1\n', /labels\/A03N07-R\.txt, line 1: unknown action\n.*1 to 51\n.*52/],
    ['an interval behind the end', '1,11,12,1\n', /no interval .*\n.*1 to 10.*\n.*11 to 12/],
    ['an interval that runs backwards', '1,4,3,1\n', /4 to 3/],
    ['frame 0', '1,0,3,1\n', /0 to 3/],
  ])('refuses %s', (_, labels, message) => {
    expectRefused(() => pkuMmd.read(files(labels), 'set.zip'), message)
  })

  it('refuses recordings without their other file, and lists of something else', () => {
    const lone = files().filter(({ name }) => name !== 'labels/A01N02-L.txt')
    expectRefused(() => pkuMmd.read(lone, 'set.zip'), /recording A01N02-L lacks its labels/)
    const list = memoryFiles({ 'cross-view.txt': 'Training\nsome clip\n' })
    const wrong = [...files().slice(0, 4), ...list].filter(({ name }) => !name.includes('v2'))
    expectRefused(() => pkuMmd.read(wrong, 'set.zip'), /cross-view\.txt, line 2: .*\n.*\n.*some clip|lacks its/)
  })

  it('names the joint of a number that is wrong when the recording is read', () => {
    const broken = files().map((file) =>
      file.name === 'skeletons/A01N02-L.txt'
        ? memoryFiles({ [file.name]: skeletons(4).replace('3.149', 'x') })[0]
        : file,
    )
    const dataset = pkuMmd.read(broken, 'set.zip')
    expectRefused(() => dataset.clip(0), /line 4, person 1, joint 24, z/)
  })

  it('answers damage with an OssatureError', () => expectRobust(pkuMmd, files()))
})
