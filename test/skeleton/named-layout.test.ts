import { describe, expect, it } from 'vitest'
import { coco, nturgbD, nwUcla } from '../../src/skeleton/layouts/index.ts'
import { withDimensions } from '../../src/skeleton/named-layout.ts'

describe('a layout in other dimensions', () => {
  it('has the same joints and bones, a name of its own and no unit', () => {
    const flat = withDimensions(nturgbD, 2)
    expect(flat).toMatchObject({ name: 'nturgb+d-2d', dimensions: 2, joints: nturgbD.joints, parents: nturgbD.parents })
    expect(flat.unit).toBeUndefined()
  })

  it('takes name, unit and axes that are given', () => {
    const axes = { origin: [11, 12], up: [0, 1], across: [6, 5] } as const
    const changes = { name: 'lifted', unit: 'metre', axes } as const
    expect(withDimensions(coco, 3, changes)).toMatchObject({ ...changes, dimensions: 3 })
  })

  it('is the layout itself where nothing changes, and takes changes where only they differ', () => {
    expect(withDimensions(nwUcla, 3)).toBe(nwUcla)
    expect(withDimensions(nwUcla, 3, { name: 'mine' })).toEqual({ ...nwUcla, name: 'mine' })
  })

  it('refuses axes that name no joint', () => {
    const axes = { origin: 17, up: [0, 1], across: [6, 5] } as const
    expect(() => withDimensions(coco, 3, { axes })).toThrow(/axes names no joint[\s\S]*0 to 16/)
  })
})
