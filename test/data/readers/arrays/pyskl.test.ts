import { describe, expect, it } from 'vitest'
import { pyskl, readPyskl } from '../../../../src/data/readers/arrays/pyskl.ts'
import { pickled } from '../../../files/pickled.ts'
import { eighth, fixtureFiles, recordedFile } from '../recorded-files.ts'

const read = (name: string) => pyskl.read(fixtureFiles(name), name)

describe('PYSKL reader', () => {
  it('reads 3-D annotations with their splits', () => {
    const dataset = read('pyskl-3d.pkl')
    expect(dataset).toMatchObject({ layout: 'nturgb+d', joints: 25, channels: 3 })
    expect(dataset.classes).toHaveLength(60)
    expect(dataset.splits).toEqual({ xsub: { train: [0], test: [1] }, xview: { train: [1], test: [0] } })
    const clip = dataset.clip(1)
    expect(clip).toMatchObject({ id: 'S001C002P003R001A050', label: 49, meta: { setup: 1, camera: 2, performer: 3 } })
    expect(clip.points).toMatchObject({ persons: 2, frames: 2 })
    expect([...clip.points.data]).toEqual(Array.from({ length: 300 }, (_, i) => eighth(i)))
  })

  it('reads 2-D annotations with confidences and the size of the image', () => {
    const dataset = read('pyskl-2d.pkl')
    expect(dataset).toMatchObject({ layout: 'coco', joints: 17, channels: 2, classes: ['class 0', 'class 1'] })
    expect(dataset.splits).toEqual({ 1: { train: [0], test: [1] } })
    const { score, meta } = dataset.clip(0)
    expect(meta).toEqual({ imageHeight: 240, imageWidth: 320 })
    expect([...score!.slice(0, 3)]).toEqual([0, 1 / 64, 2 / 64])
  })

  it('reads a list of annotations whose ids are file names', () => {
    expect(read('pyskl-list.pkl').entries.map(({ id }) => id)).toEqual(['clip0', 'clip1'])
  })

  it('decompresses Kinetics: boxes of low score away, frames without a pose squeezed out', () => {
    const { score, points, layout } = read('kinetics').clip(0)
    expect(layout).toBe('coco')
    expect(points).toMatchObject({ persons: 1, frames: 3, channels: 2 })
    // Detections 0, 2 and 3 of 17 joints with x, y, score.
    const detections = [0, 2, 3].flatMap((n) => Array.from({ length: 17 }, (_, v) => 51 * n + 3 * v))
    expect([...points.data]).toEqual(detections.flatMap((i) => [eighth(i), eighth(i + 1)]))
    expect([...score!]).toEqual(detections.map((i) => eighth(i + 2)))
  })

  it('leaves out clips of Kinetics with too few valid frames', () => {
    const files = fixtureFiles('kinetics')
    expect(readPyskl(files, 'set', { validRatio: 0.6 }).entries).toHaveLength(1)
    expect(() => readPyskl(files, 'set', { boxThreshold: 0.9, validRatio: 0.6 })).toThrow(/no clips/)
  })

  it('wants the raw file of a compressed clip', () => {
    const alone = fixtureFiles('kinetics').filter(({ name }) => name === 'annotations.pkl')
    expect(() => pyskl.read(alone, 'set')).toThrow(
      /annotation 0 \(abc\), raw_file: .*not here\n.*\n.*kinetics\/abc\.pkl/,
    )
  })

  it.each<[string, string, RegExp]>([
    ['a dictionary without annotations', '}.', /no annotations\n.*\n.*nothing/],
    ['a list of something else', '(lI1\na.', /annotation 0: .*no dictionary\n.*\n.*1/],
    ['an annotation without id', '(l(dVlabel\nI1\nsa.', /annotation 0: .*no filename/],
    ['a label that is no class', '(l(dVfilename\nVa\nsVlabel\nI-1\nsa.', /annotation 0 \(a\), label: .*\n.*\n.*-1/],
    ['an annotation without keypoints', '(l(dVfilename\nVa\nsVlabel\nI1\nsa.', /\(a\), keypoint: .*no array/],
    ['a call', 'cos\nsystem\n(Vls\ntR.', /os\.system/],
  ])('refuses %s', (_, text, message) => {
    expect(() => pyskl.read([recordedFile('a.pkl', pickled(text))], 'set')).toThrow(message)
  })

  it('wants one pickle', () => {
    const two = [...fixtureFiles('pyskl-2d.pkl'), ...fixtureFiles('pyskl-3d.pkl')]
    expect(() => pyskl.read(two, 'set')).toThrow(/there are 2 pickles here/)
  })
})
