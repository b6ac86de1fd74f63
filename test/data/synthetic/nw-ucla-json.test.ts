import { describe, expect, it } from 'vitest'
import { generateSynthetic, nwUclaJson } from '../../../src/data/synthetic/index.ts'

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

  it('refuse clips of two persons', () => {
    const points = { ...clips[0].points, persons: 2 }
    expect(() => nwUclaJson({ ...clips[0], points })).toThrow(/does not fit/)
  })
})
