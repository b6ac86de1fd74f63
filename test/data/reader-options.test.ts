import { describe, expect, it } from 'vitest'
import { READERS, readerNamed } from '../../src/data/load.ts'
import { optionsOfReader, readWithOptions } from '../../src/data/reader-options.ts'
import { OssatureError } from '../../src/errors.ts'
import type { NamedFile } from '../../src/files/named-file.ts'
import { describeOptions } from '../../src/systems/options.ts'
import { writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { recordedFile } from './readers/recorded-files.ts'
import { skeletonText } from './readers/skeleton-text.ts'

const newFolder = temporaryFolders()

function read(name: string, files: readonly NamedFile[], options: Record<string, unknown> = {}) {
  const reader = readerNamed(name)
  return readWithOptions(reader, options, (own) => reader.read(files, 'set', own))
}

describe('options of readers', () => {
  it.each(READERS.map((reader) => [reader.name, reader] as const))('%s has a sentence for each', (_, reader) => {
    for (const { description, required } of describeOptions(optionsOfReader(reader))) {
      expect(description).toMatch(/^\S.{10,}/)
      expect(required).toBe(false)
    }
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['one that the reader does not have', { bodies: 'pyskl' }, /reader bvh: .*\n.*frameRate.*\n.*bodies/],
    ['a value of another type', { frameRate: '30' }, /reader bvh, frameRate: /],
    ['a width without a height', { imageWidth: 640 }, /a width and a height/],
  ])('are refused with %s', (_, options, message) => {
    expect(() => read('bvh', [], options)).toThrow(OssatureError)
    expect(() => read('bvh', [], options)).toThrow(message)
  })

  const coco = { points: [Array.from({ length: 17 }, (_, v) => [v, 1])] }

  it('state name, frame rate and image size, where the files do not', () => {
    const files = [recordedFile('a/1.json', { ...coco, frameRate: 12 }), recordedFile('b/2.json', coco)]
    const stated = { name: 'hall', frameRate: 30, imageWidth: 640, imageHeight: 480 }
    const dataset = read('own-folder', files, stated)
    expect(dataset.name).toBe('hall')
    const size = { imageWidth: 640, imageHeight: 480 }
    for (const from of [dataset.entries, dataset.entries.map((_, i) => dataset.clip(i))]) {
      expect(from.map(({ meta }) => meta)).toEqual([
        { frameRate: 12, ...size },
        { frameRate: 30, ...size },
      ])
    }
  })

  it('tell where the classes of own recordings stand', () => {
    const files = [
      recordedFile('left/wave_1.json', coco),
      recordedFile('right/wave_2.json', coco),
      recordedFile('labels.csv', 'clip,label\nleft/wave_1,x\nright/wave_2,y\n'),
    ]
    const classes = (origin?: string) => read('own-folder', files, origin ? { classes: origin } : {}).classes
    expect(classes()).toEqual(['x', 'y'])
    expect(classes('folder')).toEqual(['left', 'right'])
    expect(classes('name')).toEqual(['wave'])
  })

  it('choose the landmarks of MediaPipe', () => {
    const point = (x: number) => ({ x, y: 0.5, z: 0.25 })
    const frame = {
      landmarks: [Array.from({ length: 33 }, () => point(0.1))],
      worldLandmarks: [Array.from({ length: 33 }, () => point(0.9))],
    }
    const files = [recordedFile('a/1.json', [frame])]
    expect(read('own-folder', files)).toMatchObject({ layout: 'mediapipe-pose', channels: 2 })
    const world = read('own-folder', files, { landmarks: 'world' })
    expect(world).toMatchObject({ layout: 'mediapipe-pose-world', channels: 3 })
    expect(world.clip(0).points.data[0]).toBe(Math.fround(0.9))
  })

  it('choose the bodies, the precision and the recordings of NTU RGB+D', () => {
    const body = (id: number) => ({ id, joints: Array.from({ length: 25 }, (_, v) => [0.1, v / 16, 3]) })
    const text = skeletonText([[body(1), body(2), body(3)]])
    const missing = 'S001C002P005R002A008'
    const files = ['S001C001P001R001A001', missing].map((name) => recordedFile(`${name}.skeleton`, text))
    const first = (options: Record<string, unknown>) => read('ntu', files, options).clip(0).points
    expect(first({ bodies: 'st-gcn' }).persons).toBe(2)
    expect([first({}).data[0], first({ stored: 'float32' }).data[0]]).toEqual([0.0999755859375, Math.fround(0.1)])
    expect(read('ntu', files).entries).toHaveLength(1)
    expect(read('ntu', files, { missing: 'keep' }).entries.map(({ id }) => id)).toContain(missing)
  })

  it('name a layout for arrays of NumPy, and whatever number of joints it has', () => {
    const layout = { name: 'numpy-pair', dimensions: 2, joints: ['a', 'b'], bones: { b: 'a' }, centre: 'a' }
    const file = `${writeFiles(newFolder(), new Map([['pair.json', JSON.stringify(layout)]]))}/pair.json`
    const npy = (descr: string, shape: string, values: Uint8Array) => {
      const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}}`
      const magic = [0x93, ...Buffer.from('NUMPY\u0001\u0000', 'latin1'), header.length, 0]
      return new Uint8Array([...magic, ...Buffer.from(header), ...values])
    }
    const points = Float32Array.from({ length: 12 }, (_, i) => i + 1)
    const files = [
      recordedFile('data.npy', npy('<f4', '(1, 3, 2, 2)', new Uint8Array(points.buffer))),
      recordedFile('label.npy', npy('|u1', '(1,)', Uint8Array.of(0))),
    ]
    expect(() => read('numpy', files)).toThrow(/no known meaning/)
    const dataset = read('numpy', files, { layout: file })
    expect(dataset).toMatchObject({ layout: 'numpy-pair', joints: 2, channels: 2 })
    expect([...dataset.clip(0).points.data]).toEqual([...points])
  })
})
