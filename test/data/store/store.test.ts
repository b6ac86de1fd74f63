import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clip } from '../../../src/data/clip.ts'
import { type Dataset, datasetOf } from '../../../src/data/dataset.ts'
import { loadDataset } from '../../../src/data/load.ts'
import { isStore, openStore, writeStore } from '../../../src/data/store/store.ts'
import { emptyColumns } from '../../../src/data/store/store-index.ts'
import { OssatureError } from '../../../src/errors.ts'
import { readSafetensors } from '../../../src/files/safetensors/safetensors.ts'
import { mutationsOf } from '../../files/mutations.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ossature-'))
  path = join(folder, 'set')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function clip(id: string, label: number, persons: number, frames: number, more: Partial<Clip> = {}): Clip {
  const data = Float32Array.from({ length: persons * frames * 5 * 2 }, (_, i) => label * 1000 + i)
  return { id, label, layout: 'five', points: { data, persons, frames, joints: 5, channels: 2 }, meta: {}, ...more }
}

const CLIPS = [
  clip('walk 1', 0, 1, 3, { meta: { performer: 4, camera: 0 } }),
  clip('sit 1', 1, 2, 2, { score: Float32Array.from({ length: 20 }, (_, i) => i / 20) }),
  clip('walk 2', 0, 1, 1, { meta: { setup: 7, repetition: 2 } }),
]
const DATASET = datasetOf('mine', ['walk', 'sit'], CLIPS)

describe('clip store', () => {
  // biome-ignore lint/suspicious/noExplicitAny: damages parsed JSON on purpose
  const changed = (change: (index: any) => void) => {
    const file = join(path, 'index.json')
    const index = JSON.parse(readFileSync(file, 'utf8'))
    change(index)
    writeFileSync(file, JSON.stringify(index))
  }

  it('gives back every clip, in any order', async () => {
    await writeStore(path, DATASET)
    const store = openStore(path)
    const { name, layout, classes, joints, channels } = store
    expect({ name, layout, classes, joints, channels }).toEqual({
      name: 'mine',
      layout: 'five',
      classes: ['walk', 'sit'],
      joints: 5,
      channels: 2,
    })
    expect(store.entries).toEqual(DATASET.entries)
    for (const i of [2, 0, 1, 0]) expect(store.clip(i)).toEqual(CLIPS[i])
    expect(() => store.clip(3)).toThrow(/0 to 2/)
    store.close()
  })

  it('keeps divisions, notes and all that is known of the origin', async () => {
    const meta = { performer: 1, partner: 2, camera: 3, setup: 4, repetition: 5, frameRate: 29.97 }
    const extras = { splits: { own: { train: [0, 2], test: [1] } }, notes: ['Two frames were left out.'] }
    await writeStore(path, datasetOf('mine', ['walk', 'sit'], [{ ...CLIPS[0], meta }, ...CLIPS.slice(1)], extras))
    const store = openStore(path)
    expect(store.entries[0].meta).toEqual(meta)
    expect({ splits: store.splits, notes: store.notes }).toEqual(extras)
  })

  it('opens stores that were written before there were partners and frame rates', async () => {
    await writeStore(path, DATASET)
    changed((index) => {
      delete index.clips.partner
      delete index.clips.frameRate
    })
    expect(openStore(path).entries).toEqual(DATASET.entries)
  })

  it('tells how many clips are written', async () => {
    const done: number[] = []
    await writeStore(path, DATASET, { onClip: (count) => done.push(count) })
    expect(done).toEqual([1, 2, 3])
  })

  it('is an ordinary safetensors file and an index', async () => {
    await writeStore(path, DATASET)
    expect(readdirSync(path).sort()).toEqual(['clips.safetensors', 'index.json'])
    const { tensors } = readSafetensors(readFileSync(join(path, 'clips.safetensors')))
    expect(tensors.get('values')!.shape).toEqual([30 + 40 + 20 + 10])
    expect(JSON.parse(readFileSync(join(path, 'index.json'), 'utf8')).clips.offset).toEqual([0, 30, 90])
  })

  it('gives clips that the caller may change', async () => {
    await writeStore(path, DATASET)
    for (const dataset of [openStore(path), DATASET]) {
      dataset.clip(0).points.data.fill(0)
      expect(dataset.clip(0)).toEqual(CLIPS[0])
    }
  })

  it('is never half visible: a clip that cannot be read leaves nothing', async () => {
    const failing: Dataset = {
      ...DATASET,
      clip: (i) => {
        expect(existsSync(path)).toBe(false)
        if (i === 2) throw new OssatureError('clip 2 is damaged')
        return CLIPS[i]
      },
    }
    await expect(writeStore(path, failing)).rejects.toThrow('clip 2 is damaged')
    expect(readdirSync(folder)).toEqual([])
  })

  it('replaces a store only when asked, and nothing else ever', async () => {
    await writeStore(path, DATASET)
    const other = datasetOf('other', ['walk', 'sit'], CLIPS.slice(0, 2))
    await expect(writeStore(path, other)).rejects.toThrow(/there is a clip store already/)
    await writeStore(path, other, { replace: true })
    expect(openStore(path).name).toBe('other')
    expect(readdirSync(folder)).toEqual(['set'])
    mkdirSync(join(folder, 'photos'))
    await expect(writeStore(join(folder, 'photos'), other, { replace: true })).rejects.toThrow(/something else/)
  })

  it('refuses clips that do not fit the data set', async () => {
    const wrong = clip('sit 1', 1, 1, 2, { layout: 'six' })
    expect(() => datasetOf('mine', ['walk', 'sit'], [CLIPS[0], wrong])).toThrow(/one skeleton layout\n.*layout five/)
    expect(() => datasetOf('mine', [], [])).toThrow(/no clips/)
    await expect(writeStore(path, { ...DATASET, clip: () => wrong })).rejects.toThrow(
      /one skeleton layout\n.*layout five/,
    )
    const short = { ...wrong, layout: 'five', points: { ...wrong.points, data: new Float32Array(3) } }
    await expect(writeStore(path, { ...DATASET, clip: () => short })).rejects.toThrow(/3 coordinates for 1 x 2 x 5 x 2/)
    const twice = datasetOf('mine', ['walk', 'sit'], [CLIPS[0], CLIPS[0]])
    await expect(writeStore(path, twice)).rejects.toThrow(/clips have no id of their own\n.*clip walk 1/)
  })

  // biome-ignore lint/suspicious/noExplicitAny: damages parsed JSON on purpose
  it.each<[string, (index: any) => void, RegExp]>([
    ['a newer version', (index) => (index.version = 2), /newer version/],
    ['another version', (index) => (index.version = 0), /version/],
    ['an unknown key', (index) => (index.extra = 1), /extra/],
    ['a label out of range', (index) => (index.clips.label[1] = 2), /label 2 of clip 'sit 1'/],
    ['a label that is a fraction', (index) => (index.clips.label[1] = 0.5), /clips\.label\.1/],
    ['an id twice', (index) => (index.clips.id[2] = 'walk 1'), /clip 'walk 1' twice/],
    ['a column that is too short', (index) => index.clips.frames.pop(), /2 items in clips\.frames, 3/],
    ['no frames', (index) => (index.clips.frames[0] = 0), /clips\.frames\.0/],
    ['huge lengths', (index) => (index.clips.frames[0] = Number.MAX_SAFE_INTEGER), /values for clips that need/],
    ['an offset elsewhere', (index) => (index.clips.offset[1] = 31), /offset 31/],
    ['another number of values', (index) => (index.values = 101), /101 values/],
    [
      'a split of clips that are not there',
      (index) => (index.splits = { own: { train: [3], test: [] } }),
      /clip number 3 in/,
    ],
    ['no clips', (index) => (index.clips = emptyColumns()), /no clips/],
  ])('refuses an index with %s', async (_, change, message) => {
    await writeStore(path, DATASET)
    changed(change)
    expect(() => openStore(path)).toThrow(OssatureError)
    expect(() => openStore(path)).toThrow(message)
  })

  it('refuses values that are missing, cut off or of another set', async () => {
    await writeStore(path, DATASET)
    const values = join(path, 'clips.safetensors')
    const other = join(folder, 'other')
    await writeStore(other, datasetOf('other', ['walk', 'sit'], CLIPS.slice(0, 2)))
    const foreign = readFileSync(join(other, 'clips.safetensors'))
    truncateSync(values, 300)
    expect(() => openStore(path)).toThrow(/not a valid safetensors file/)
    writeFileSync(values, foreign)
    expect(() => openStore(path)).toThrow(/values: F32 \[100\]\n.*F32 \[90\]/)
    rmSync(values)
    expect(() => openStore(path)).toThrow(/nothing at this path/)
  })

  it('answers a damaged index with an OssatureError', async () => {
    await writeStore(path, DATASET)
    const file = join(path, 'index.json')
    const original = new Uint8Array(readFileSync(file))
    const damaged = mutationsOf(original)
    fc.assert(
      fc.property(damaged, (bytes) => {
        writeFileSync(file, bytes)
        try {
          openStore(path).close()
        } catch (error) {
          if (!(error instanceof OssatureError)) throw error
        }
      }),
      { numRuns: Number(process.env.OSSATURE_MUTATIONS ?? 200) },
    )
  })

  it('is known by its index', async () => {
    await writeStore(path, DATASET)
    expect(isStore(path)).toBe(true)
    expect(isStore(folder)).toBe(false)
    expect(loadDataset(path).entries).toHaveLength(3)
  })
})
