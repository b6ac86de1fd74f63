import { describe, expect, it } from 'vitest'
import { ownFolder } from '../../../../src/data/readers/own-recordings/own-folder.ts'
import { layoutByName } from '../../../../src/skeleton/layouts/index.ts'
import { fixtureBytes, recordedFile } from '../recorded-files.ts'

const { joints: COCO } = layoutByName('coco')
const points = (frames: number, joints: number, channels: number) =>
  Array.from({ length: frames }, (_, t) =>
    Array.from({ length: joints }, (_, v) => new Array(channels).fill(t + v / 8)),
  )
const coco = (frames = 2) => ({ points: points(frames, 17, 2) })
const clip = (name: string, content: unknown = coco()) => recordedFile(name, content)
const read = (...files: ReturnType<typeof clip>[]) => ownFolder.read(files, 'set')

describe('damaged recordings', () => {
  const empty = (name: string) => recordedFile(name, 'left hand_x,left hand_y\n')

  it('are named together, as far as ten', () => {
    const some = [empty('wave/1.csv'), clip('wave/2.json'), recordedFile('wave/3.csv', '')]
    expect(() => read(...some)).toThrow(
      /^set: 2 of 3 clips cannot be read[\s\S]*wave\/1\.csv: [\s\S]*wave\/3\.csv: [\s\S]*move them out/,
    )
    const many = Array.from({ length: 30 }, (_, i) => empty(`wave/${10 + i}.csv`))
    expect(() => read(...many)).toThrow(
      /^set: at least 10 of 30 clips cannot be read:(?:(?!wave\/20)[\s\S])*wave\/19\.csv(?:(?!wave\/20)[\s\S])*$/,
    )
  })

  it('are refused as they are where there is one', () => {
    expect(() => read(clip('wave/1.json'), recordedFile('wave/2.csv', ''))).toThrow(
      /^set\/wave\/2\.csv: the form[\s\S]*\n.*--skip-damaged/,
    )
  })
})

describe('damaged recordings that may be left out', () => {
  const files = [
    clip('wave/1.json'),
    recordedFile('wave/2.csv', ''),
    clip('jump/1.json'),
    recordedFile('jump/2.csv', ''),
  ]

  it('are told, and the others read', () => {
    const told: string[] = []
    const dataset = ownFolder.read(files, 'set', undefined, ({ message }, where) => {
      told.push(where)
      expect(message).toContain('the form of the clip is unknown')
    })
    expect(told.sort()).toEqual(['set/jump/2.csv', 'set/wave/2.csv'])
    expect(dataset.entries.map(({ id }) => id)).toEqual(['jump/1', 'wave/1'])
  })

  it('cannot be all of them', () => {
    expect(() => ownFolder.read([files[1], files[3]], 'set', undefined, () => {})).toThrow(
      /no clip can be read\n.*2 damaged/,
    )
  })
})

describe('classes of own recordings', () => {
  it('are the folders', () => {
    const dataset = read(clip('rec/wave/1.json'), clip('rec/wave/2.json'), clip('rec/jump/1.json'))
    expect(dataset.classes).toEqual(['jump', 'wave'])
    expect(dataset.entries.map(({ id, label }) => [id, label])).toEqual([
      ['jump/1', 0],
      ['wave/1', 1],
      ['wave/2', 1],
    ])
    expect(dataset.notes).toEqual([expect.stringContaining('no labels.csv')])
  })

  it('are the beginnings of names in a single folder', () => {
    expect(read(clip('wave_01.json'), clip('jump_01.json')).classes).toEqual(['jump', 'wave'])
  })

  it('stand in labels.csv, with origin and split', () => {
    const table = 'clip,label,split,performer,frameRate\na.json,wave,train,3,29.97\nb,jump,test,,\n'
    const dataset = read(clip('a.json'), clip('b.json'), recordedFile('labels.csv', table))
    expect(dataset.classes).toEqual(['jump', 'wave'])
    expect(dataset.clip(0)).toMatchObject({ id: 'a', label: 1, meta: { performer: 3, frameRate: 29.97 } })
    expect(dataset.splits).toEqual({ labels: { train: [0], test: [1] } })
    expect(dataset.notes).toBeUndefined()
  })

  it('name performers and partners, or number them', () => {
    const people = (...rows: string[]) => {
      const table = recordedFile('labels.csv', `clip,label,performer,partner\na,x,${rows[0]}\nb,y,${rows[1]}\n`)
      const { entries, performers } = read(clip('a.json'), clip('b.json'), table)
      return { performers, meta: entries.map(({ meta }) => meta) }
    }
    expect(people('p2,anna', 'ben,')).toEqual({
      performers: ['anna', 'ben', 'p2'],
      meta: [{ performer: 2, partner: 0 }, { performer: 1 }],
    })
    expect(people('7,3', '3,x').performers).toEqual(['3', '7', 'x'])
    expect(people('7,3', '3,')).toEqual({
      performers: undefined,
      meta: [{ performer: 7, partner: 3 }, { performer: 3 }],
    })
  })

  it('are found from the folder of labels.csv, wherever that lies, and as Windows writes paths', () => {
    const labelled = (folder: string, names: readonly string[], paths: readonly string[]) => {
      const rows = paths.map((path, i) => `${path},${['wave', 'jump'][i]}`)
      const table = recordedFile(`${folder}labels.csv`, `clip,label\n${rows.join('\n')}\n`)
      const dataset = read(...names.map((name) => clip(name)), table)
      return dataset.entries.map(({ label }) => dataset.classes[label])
    }
    expect(labelled('rec/', ['rec/a.json', 'rec/b.json'], ['a.json', './b'])).toEqual(['wave', 'jump'])
    expect(labelled('', ['rec/a.json', 'rec/b.json'], ['rec/a.json', 'rec\\b.json'])).toEqual(['wave', 'jump'])
    expect(labelled('', ['rec/x/a.json', 'rec/y/b.json'], ['rec/x/a', 'y/b'])).toEqual(['wave', 'jump'])
    expect(labelled('rec/', ['rec/x/a.json', 'rec/y/b.json'], ['x\\a.json', 'y\\b.json'])).toEqual(['wave', 'jump'])
  })

  it('are in the order of classes.txt, or by number', () => {
    const order = recordedFile('classes.txt', 'wave\r\njump\r\n')
    expect(read(clip('jump/1.json'), clip('wave/1.json'), order).classes).toEqual(['wave', 'jump'])
    const table = recordedFile('labels.csv', 'clip,label\na,10\nb,9\n')
    expect(read(clip('a.json'), clip('b.json'), table).classes).toEqual(['9', '10'])
  })

  it.each<[string, string, RegExp]>([
    ['no header', 'a,wave\nb,jump\n', /labels\.csv, line 1: .*name the columns/],
    ['an unknown column', 'clip,label,colour\na,x,y\nb,x,y\n', /line 1: /],
    ['a clip without label', 'clip,label\na,wave\n', /clip 'b' has no label/],
    ['a clip that is not there', 'clip,label\nc,wave\n', /labels\.csv, line 2: there is no clip 'c'\n.*such as a/],
    ['two labels', 'clip,label\na,wave\na.json,jump\nb,wave\n', /line 3: clip 'a' has two labels/],
    ['an empty label', 'clip,label\na,\nb,x\n', /line 2: clip 'a' has no label/],
    ['several clips without label', 'clip,label\n', /2 clips have no label\n.*\n.*none for a, b/],
    ['a camera that is no number', 'clip,label,camera\na,x,left\nb,x,2\n', /line 2: camera .*\n.*\n.*'left'/],
    ['another part', 'clip,label,split\na,x,dev\nb,x,test\n', /line 2: .*no such part/],
  ])('are refused from a table with %s', (_, table, message) => {
    expect(() => read(clip('a.json'), clip('b.json'), recordedFile('labels.csv', table))).toThrow(message)
  })

  it('are refused in another encoding than UTF-8', () => {
    const latin1 = recordedFile('classes.txt', Uint8Array.from(Buffer.from('h\u00fcpfen\n', 'latin1')))
    expect(() => read(clip('jump/1.json'), latin1)).toThrow(
      /classes\.txt: .*not text in UTF-8\n.*encoding in line 1\n.*UTF-8/,
    )
  })

  it('must be listed where there is a list', () => {
    expect(() => read(clip('jump/1.json'), clip('wave/1.json'), recordedFile('classes.txt', 'wave\n'))).toThrow(
      /class is not listed\n.*wave\n.*'jump', clip jump\/1/,
    )
  })
})

describe('clips of own recordings', () => {
  it('are JSON with points, persons, scores and frame rate', () => {
    const scored = {
      layout: 'coco',
      points: [points(2, 17, 2), points(2, 17, 2)],
      score: [points(2, 17, 1), points(2, 17, 1)].map((m) => m.map((t) => t.flat())),
      frameRate: 30,
    }
    const first = read(clip('a/1.json', scored)).clip(0)
    expect(first.points).toMatchObject({ persons: 2, frames: 2, joints: 17, channels: 2 })
    expect([first.meta.frameRate, first.score!.length, first.score![1]]).toEqual([30, 68, 0.125])
  })

  it('may lie in arrays of NumPy and MATLAB, with a layout of their own', () => {
    const layout = {
      name: 'test-chain',
      dimensions: 3,
      joints: ['a', 'b', 'c'],
      bones: { b: 'a', c: 'b' },
      centre: 'a',
    }
    const shape = (persons: number, frames: number) => ({
      layout: 'test-chain',
      points: { persons, frames, joints: 3, channels: 3 },
    })
    const npy = [0x93, ...Buffer.from('NUMPY\u0001\u0000', 'latin1')]
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 3)}"
    const array = new Uint8Array([...npy, header.length, 0, ...Buffer.from(header), ...new Uint8Array(72)])
    const dataset = read(clip('x/1.npy', array), recordedFile('layout.json', layout))
    expect(dataset.clip(0)).toMatchObject(shape(1, 2))
    expect(layoutByName('test-chain').joints).toEqual(['a', 'b', 'c'])
    const four = { ...layout, name: 'test-four', dimensions: 2, joints: ['a', 'b', 'c'] }
    expect(() => read(clip('x/1.mat', fixtureBytes('mat/plain.mat')), recordedFile('layout.json', four))).toThrow(
      /1\.mat, points: the array is no clip\n.*\n.*\(2, 3, 4\)/,
    )
  })

  const bones = { ...Object.fromEntries(COCO.slice(1).map((joint) => [joint, 'nose'])) }
  it('are refused where they do not have the joints of layout.json', () => {
    const layout = {
      name: 'test-other',
      dimensions: 2,
      joints: [...COCO, 'tail'],
      bones: { ...bones, tail: 'nose' },
      centre: 'nose',
    }
    expect(() => read(clip('a/1.json'), recordedFile('layout.json', layout))).toThrow(
      /joints of the layout\n.*18 joints\D+2/,
    )
  })

  it.each<[string, unknown, RegExp]>([
    ['an unknown form', { poses: [] }, /1\.json: the form of the clip is unknown/],
    ['an unknown key', { points: [[[1]]], fps: 30 }, /unknown key\n.*\n.*'fps'/],
    [
      'uneven lists',
      { points: [points(1, 17, 2)[0], points(1, 16, 2)[0]] },
      /points\[1\]: .*list of 17\n.*\n.*a list of 16/,
    ],
    ['a coordinate that is null', { points: [[[null, 1]]] }, /points\[0\]\[0\]\[0\]: .*\n.*null/],
    ['no frames', { points: [] }, /no lists of numbers/],
    [
      'a number of joints that no layout has',
      { points: points(1, 16, 2) },
      /so many joints\n.*17 \(coco\)[\s\S]*16 joints\n.*layout\.json/,
    ],
    ['an unknown layout', { points: points(1, 17, 2), layout: 'octopus' }, /unknown skeleton layout/],
    ['scores of another shape', { points: points(1, 17, 2), score: [[1, 2]] }, /score does not fit/],
    ['a frame rate of 0', { points: points(1, 17, 2), frameRate: 0 }, /frameRate: /],
  ])('are refused with %s', (_, content, message) => {
    expect(() => read(clip('a/1.json', content))).toThrow(message)
  })

  it('must be there', () => {
    expect(() => read(recordedFile('labels.csv', 'clip,label\n'))).toThrow(/no clips here/)
    expect(() => read(clip('a/1.json'), clip('a/1.csv', ''))).toThrow(/two clips 'a\/1'/)
  })
})
