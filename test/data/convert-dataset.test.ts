import { describe, expect, it } from 'vitest'
import type { ClipMeta } from '../../src/data/clip.ts'
import { convertDataset } from '../../src/data/convert-dataset.ts'
import { datasetOf } from '../../src/data/dataset.ts'
import type { Layout, Unit } from '../../src/skeleton/layout.ts'
import { layoutFromNames } from '../../src/skeleton/named-layout.ts'

/** A line of joints. */
const line = (name: string, joints: readonly string[], dimensions: 2 | 3, unit?: Unit): Layout => {
  const bones = Object.fromEntries(joints.slice(1).map((joint, i) => [joint, joints[i]]))
  return layoutFromNames({ name, dimensions, unit, joints, bones, centre: joints[0] })
}
const HIPS = ['left hip', 'right hip']
const dataset = ({ name, joints, dimensions }: Layout, meta: ClipMeta = {}) => {
  const data = Float32Array.from({ length: joints.length * dimensions }, (_, i) => i + 1)
  const points = { data, persons: 1, frames: 1, joints: joints.length, channels: dimensions }
  return datasetOf('mine', ['walk'], [{ id: 'a', label: 0, layout: name, points, meta }])
}

describe('a data set with another skeleton', () => {
  it('has copied and derived joints, and says so', () => {
    const [from, to] = [line('hips', HIPS, 3), line('middle', ['right hip', 'middle of hips'], 3)]
    const { dataset: converted, conversion } = convertDataset(dataset(from), from, to)
    expect(Array.from(converted.clip(0).points.data)).toEqual([4, 5, 6, 2.5, 3.5, 4.5])
    expect(converted).toMatchObject({ layout: 'middle', joints: 2, channels: 3 })
    expect(conversion.derived).toEqual([{ joint: 'middle of hips', from: HIPS }])
    expect(converted.notes).toEqual(['Converted from the skeleton hips. Derived: middle of hips.'])
  })

  it('is refused where joints cannot be derived, unless they may be missing', () => {
    const [from, to] = [line('hips', HIPS, 3), line('more', [...HIPS, 'head'], 3)]
    expect(() => convertDataset(dataset(from), from, to)).toThrow(/cannot be derived.*nothing for head/s)
    const { dataset: converted } = convertDataset(dataset(from), from, to, { allowMissing: true })
    expect(Array.from(converted.clip(0).points.data)).toEqual([1, 2, 3, 4, 5, 6, 0, 0, 0])
    const foreign = line('hand', ['palm'], 3)
    expect(() => convertDataset(dataset(from), from, foreign, { allowMissing: true })).toThrow(/nothing for palm$/)
  })

  it('counts lengths and images as the new skeleton does', () => {
    const convertedFrom = (from: Unit, to: Unit, dimensions: 2 | 3, meta?: ClipMeta) => {
      const layouts = [line('old', ['head'], dimensions, from), line('new', ['head'], dimensions, to)] as const
      return Array.from(convertDataset(dataset(layouts[0], meta), ...layouts).dataset.clip(0).points.data)
    }
    expect(convertedFrom('metre', 'centimetre', 3)).toEqual([100, 200, 300])
    expect(convertedFrom('relative', 'metre', 3)).toEqual([1, 2, 3])
    const image = { imageWidth: 4, imageHeight: 8 }
    expect(convertedFrom('pixel', 'image', 2, image)).toEqual([0.25, 0.25])
    expect(convertedFrom('image', 'pixel', 2, image)).toEqual([4, 16])
    expect(() => convertedFrom('pixel', 'image', 2)).toThrow(/clip a: .*size of the image/)
    expect(() => convertedFrom('pixel', 'metre', 2)).toThrow(/count different things.*metre.*pixel/s)
  })

  it('is not made of itself', () => {
    const layout = line('hips', HIPS, 3)
    expect(() => convertDataset(dataset(layout), layout, layout)).toThrow(/have this skeleton already/)
  })
})
