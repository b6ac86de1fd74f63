import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generateSynthetic, nwUclaJson } from '../../../src/data/synthetic/index.ts'
import { writeNwUclaFolder } from '../../../src/data/synthetic/nw-ucla-folder.ts'

const { clips } = generateSynthetic({ classes: 2, clipsPerClass: 2 })

describe('NW-UCLA files', () => {
  it('hold the name, frames of 20 joints, and the label from 1 on', () => {
    const clip = clips[2]
    const file = JSON.parse(nwUclaJson(clip))
    expect(Object.keys(file)).toEqual(['file_name', 'skeletons', 'label'])
    expect(file.file_name).toBe(clip.id)
    expect(file.label).toBe(2)
    expect(file.skeletons).toHaveLength(clip.points.frames)
    const values: number[] = file.skeletons.flat(2)
    expect(values).toHaveLength(clip.points.data.length)
    expect(values.every((value, i) => Math.abs(value - clip.points.data[i]) <= 5e-6 * Math.abs(value))).toBe(true)
  })

  it('are written one per clip', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'synthetic-'))
    try {
      await writeNwUclaFolder(join(folder, 'all_sqe'), clips)
      const names = await readdir(join(folder, 'all_sqe'))
      expect(names.sort()).toEqual(clips.map((clip) => `${clip.id}.json`).sort())
      expect(await readFile(join(folder, 'all_sqe', names[0]), 'utf8')).toContain(names[0].slice(0, -5))
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('refuse clips of two persons', () => {
    const points = { ...clips[0].points, persons: 2 }
    expect(() => nwUclaJson({ ...clips[0], points })).toThrow(/does not fit/)
  })
})
