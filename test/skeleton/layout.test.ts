import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { ancestors, bodyPart, defineLayout, limbsOf, mirrorOrder } from '../../src/skeleton/layout.ts'
import { layoutByName, ntuRgbD, nturgbD, nwUcla, registerLayout } from '../../src/skeleton/layouts/index.ts'

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

  it('are found by the names of the authors and of data sets, in any writing', () => {
    expect(layoutByName('ntu_rgb_d')).toBe(ntuRgbD)
    expect(layoutByName('NW-UCLA')).toBe(nwUcla)
    expect(layoutByName('UTKinect')).toBe(nwUcla)
  })

  it('of one’s own are found when they are registered', () => {
    const own = defineLayout({ name: 'two beads', dimensions: 2, joints: ['a', 'b'], centre: 0, inward: [[1, 0]] })
    registerLayout(own)
    expect(layoutByName('Two Beads')).toBe(own)
    expect(() => registerLayout({ ...own, name: 'coco' })).toThrow(/published/)
  })

  it('name their parts in the error for an unknown part', () => {
    expect(() => bodyPart(nturgbD, 'left wing')).toThrow(/upper, lower, torso/)
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

  it('says what is wrong with an edge from no joint', () => {
    expect(() => defineLayout({ ...stick, inward: [[3, 1]] })).toThrow(/inward names no joint[\s\S]*0 to 2[\s\S]*3/)
  })

  it('is drawn with its limbs, or with its edges where it states none', () => {
    const layout = defineLayout({ ...stick, inward: [[0, 1]], roots: [1, 2] })
    expect(limbsOf(layout)).toEqual([[0, 1]])
    expect(limbsOf({ ...layout, limbs: [[2, 0]] })).toEqual([[2, 0]])
  })

  it.each([
    ['an edge of a joint to itself', { inward: [[1, 1]] as [number, number][], parents: [1, 1, 1] }],
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
    ['a joint that hangs on nothing', { inward: [[0, 1]] as [number, number][] }],
    ['a root that hangs on a joint', { inward: [], parents: [1, 1, 1], roots: [0, 1] }],
    [
      'a joint with two mirror images',
      {
        inward: [],
        parents: [1, 1, 1],
        mirrored: [
          [0, 1],
          [0, 2],
        ] as [number, number][],
      },
    ],
    ['a joint in two parts', { inward: [], parents: [1, 1, 1], parts: { upper: [0, 1], lower: [1] } }],
    [
      'an axis through no joint',
      { inward: [], parents: [1, 1, 1], axes: { origin: [0, 5], up: [0, 1], across: [0, 2] } as const },
    ],
    ['a part with no joint', { inward: [], parents: [1, 1, 1], parts: { upper: [7] } }],
    ['a centre that is no joint', { inward: [], parents: [1, 1, 1], centre: -1 }],
    ['two joints of one name', { inward: [], parents: [1, 1, 1], joints: ['a', 'b', 'a'] }],
  ])('is refused for %s', (_, wrong) => {
    expect(() => defineLayout({ ...stick, ...wrong })).toThrow(OssatureError)
  })
})
