import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Clip } from '../../../src/data/clip.ts'
import { datasetOf } from '../../../src/data/dataset.ts'
import { openStore, writeStore } from '../../../src/data/store/store.ts'
import { OssatureError } from '../../../src/errors.ts'
import { defineLayout } from '../../../src/skeleton/layout.ts'
import { layoutByName, registerLayout } from '../../../src/skeleton/layouts/index.ts'
import { randomPoints } from '../../skeleton/random-points.ts'
import { temporaryFolders } from '../../train/temporary-folder.ts'

const newFolder = temporaryFolders()
const arm = defineLayout({
  ...{ name: 'store-arm', dimensions: 3, unit: 'metre', joints: ['shoulder', 'elbow', 'wrist'], centre: 1 },
  inward: [
    [0, 1],
    [2, 1],
  ],
})
registerLayout(arm)

function dataset(layout: string) {
  const { joints, dimensions } = layoutByName(layout)
  const points = randomPoints({ persons: 1, frames: 2, joints: joints.length, channels: dimensions })
  const clip: Clip = { id: 'reach', label: 0, layout, points, meta: {} }
  return datasetOf('reaching', ['reach'], [clip])
}

async function storeWith(change: (index: Record<string, unknown>) => void): Promise<string> {
  const path = join(newFolder(), 'store')
  await writeStore(path, dataset('store-arm'))
  const file = join(path, 'index.json')
  const index = JSON.parse(readFileSync(file, 'utf8'))
  change(index)
  writeFileSync(file, JSON.stringify(index))
  return path
}

describe('a clip store of a layout of one’s own', () => {
  it('holds the layout, which is known when the store is opened', async () => {
    const path = await storeWith((index) => {
      index.layout = 'store-arm-copied'
      Object.assign(index.ownLayout as object, { name: 'store-arm-copied' })
    })
    expect(() => layoutByName('store-arm-copied')).toThrow(/unknown skeleton layout/)
    const store = openStore(path)
    expect(layoutByName(store.layout)).toEqual({ ...arm, name: 'store-arm-copied' })
    store.close()
  })

  it('holds none where the layout is a published one', async () => {
    const path = join(newFolder(), 'store')
    await writeStore(path, dataset('coco'))
    expect(JSON.parse(readFileSync(join(path, 'index.json'), 'utf8'))).not.toHaveProperty('ownLayout')
  })

  it.skipIf(!existsSync('/proc/self/fd'))('is not left open when its layout is refused', async () => {
    const path = await storeWith(({ ownLayout }) => Object.assign(ownLayout as object, { centre: 0 }))
    expect(() => openStore(path)).toThrow(/another layout/)
    const open = readdirSync('/proc/self/fd').map((handle) => {
      const link = `/proc/self/fd/${handle}`
      return existsSync(link) ? readlinkSync(link) : ''
    })
    expect(open.filter((file) => file.startsWith(path))).toEqual([])
  })

  it.each<[string, (index: Record<string, unknown>) => void, RegExp]>([
    [
      'other bones than the layout of that name has',
      ({ ownLayout }) => Object.assign(ownLayout as object, { centre: 0 }),
      /another layout has this name/,
    ],
    [
      'a layout of another name',
      ({ ownLayout }) => Object.assign(ownLayout as object, { name: 'leg' }),
      /a layout leg of 3 joints/,
    ],
    ['a layout of other joints', (index) => Object.assign(index, { joints: 1 }), /clips of layout store-arm with 1/],
    ['a damaged layout', (index) => Object.assign(index, { ownLayout: [] }), /index\.json, ownLayout: .*damaged/],
  ])('is refused with %s', async (_, change, message) => {
    const path = await storeWith(change)
    expect(() => openStore(path)).toThrow(OssatureError)
    expect(() => openStore(path)).toThrow(message)
  })
})
