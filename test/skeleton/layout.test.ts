import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { ancestors, bodyPart, defineLayout, mirrorOrder } from '../../src/skeleton/layout.ts'
import { layoutByName, layouts, ntuRgbD, nturgbD, nwUcla } from '../../src/skeleton/layouts/index.ts'

/** The published tables, "joint-partner" as in the release of BRL. */
const table = (pairs: string) => {
  const partners: number[] = []
  for (const pair of pairs.split(' ')) {
    const [joint, partner] = pair.split('-').map(Number)
    partners[joint] = partner
  }
  return partners
}

describe('layouts', () => {
  it.each([
    ['nturgb+d', 25, 24],
    ['ntu-rgb+d', 25, 24],
    ['ntu_edge', 24, 23],
    ['nw_ucla', 20, 19],
    ['coco', 17, 16],
    ['openpose', 18, 17],
    ['handmp', 21, 20],
  ])('%s has %i joints in one tree of %i edges', (name, joints, edges) => {
    const layout = layoutByName(name)
    expect(layout.joints).toHaveLength(joints)
    expect(new Set(layout.joints).size).toBe(joints)
    expect(layout.inward).toHaveLength(edges)
    expect(new Set(layout.inward.map(([child]) => child)).size).toBe(edges)
    expect(layout.parents).toHaveLength(joints)
  })

  it('have every joint in one part at most, and pair left with right', () => {
    for (const layout of layouts) {
      const named = Object.values(layout.parts).flat()
      expect(new Set(named).size).toBe(named.length)
      for (const [left, right] of layout.mirrored) {
        expect(layout.joints[left]).toBe(layout.joints[right].replace('right', 'left'))
        expect(layout.joints[left]).toContain('left')
      }
    }
  })

  it('differ between PYSKL and the original authors in the hands only', () => {
    const only = (a: typeof nturgbD, b: typeof nturgbD) => {
      const edges = new Set(b.inward.map(String))
      return a.inward.filter((edge) => !edges.has(String(edge)))
    }
    expect(only(nturgbD, ntuRgbD)).toEqual([
      [21, 7],
      [23, 11],
    ])
    expect(only(ntuRgbD, nturgbD)).toEqual([
      [21, 22],
      [23, 24],
    ])
  })

  it('give the published tables of skip bones by walking up the bones', () => {
    // biome-ignore format: tables
    const tables = {
      k: table('0-20 1-1 2-2 3-20 4-4 5-20 6-4 7-5 8-8 9-20 10-8 11-9 12-1 13-0 14-12 15-13 16-1 17-0 18-16 19-17 20-20 21-7 22-6 23-11 24-10'),
      l: table('0-0 1-1 2-2 3-3 4-4 5-5 6-20 7-4 8-8 9-9 10-20 11-8 12-20 13-1 14-0 15-12 16-20 17-1 18-0 19-16 20-20 21-6 22-5 23-10 24-9'),
      n: table('0-0 1-1 2-2 3-3 4-4 5-5 6-6 7-20 8-8 9-9 10-10 11-20 12-12 13-20 14-1 15-0 16-16 17-20 18-1 19-0 20-20 21-5 22-4 23-9 24-8'),
      ucla: table('0-2 1-1 2-2 3-3 4-4 5-2 6-4 7-5 8-8 9-2 10-8 11-9 12-1 13-0 14-12 15-13 16-1 17-0 18-16 19-17'),
    }
    expect(ancestors(nturgbD, 2)).toEqual(tables.k)
    expect(ancestors(nturgbD, 3)).toEqual(tables.l)
    expect(ancestors(nturgbD, 4)).toEqual(tables.n)
    expect(ancestors(nwUcla, 2)).toEqual(tables.ucla)
  })

  it('exchange left and right as the release of BRL does', () => {
    // biome-ignore format: tables
    expect(mirrorOrder(nturgbD)).toEqual([0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 16, 17, 18, 19, 12, 13, 14, 15, 20, 23, 24, 21, 22])
    // biome-ignore format: tables
    expect(mirrorOrder(nwUcla)).toEqual([0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 16, 17, 18, 19, 12, 13, 14, 15])
  })

  it('are named in the error for an unknown name', () => {
    expect(() => layoutByName('toString')).toThrow(/nturgb\+d.*coco/s)
  })

  it('name their parts in the error for an unknown part', () => {
    expect(() => bodyPart(nturgbD, 'left wing')).toThrow(/upper, lower/)
  })
})

describe('a layout of one’s own', () => {
  const stick = { name: 'stick', dimensions: 2, joints: ['a', 'b', 'c'], centre: 1 } as const

  it('takes its bones from the edges', () => {
    const layout = defineLayout({
      ...stick,
      inward: [
        [0, 1],
        [2, 1],
      ],
    })
    expect(layout.parents).toEqual([1, 1, 1])
  })

  it.each([
    ['an edge to no joint', { inward: [[0, 3]] as [number, number][] }],
    [
      'two parents of a joint',
      {
        inward: [
          [0, 1],
          [0, 2],
        ] as [number, number][],
      },
    ],
    ['bones in a circle', { inward: [], parents: [1, 2, 0] }],
    ['too few parents', { inward: [], parents: [0] }],
    ['a part with no joint', { inward: [], parts: { upper: [7] } }],
    ['a centre that is no joint', { inward: [], centre: -1 }],
  ])('is refused for %s', (_, wrong) => {
    expect(() => defineLayout({ ...stick, ...wrong })).toThrow(OssatureError)
  })
})
