import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { defineLayout, type Layout } from '../../src/skeleton/layout.ts'
import { layoutByName, layouts, registeredLayout, registerLayout } from '../../src/skeleton/layouts/index.ts'
import { layoutFromStored, sameLayout, storedLayout } from '../../src/skeleton/stored-layout.ts'
import { mutationsOf } from '../files/mutations.ts'

const rod = defineLayout({
  ...{ name: 'stored-rod', dimensions: 2, unit: 'pixel', joints: ['end', 'left mid', 'right mid'], centre: 1 },
  inward: [
    [0, 1],
    [2, 1],
  ],
  mirrored: [[1, 2]],
  parts: { ends: [0], middle: [1, 2] },
})
const throughJson = (layout: Layout) => JSON.parse(JSON.stringify(storedLayout(layout)))
const changed = (changes: object) => () => layoutFromStored({ ...throughJson(rod), ...changes }, 'model.onnx')

describe('a stored layout', () => {
  it.each([rod, ...layouts].map((layout) => [layout.name, layout] as const))('gives %s back', (_, layout) => {
    expect(layoutFromStored(throughJson(layout), 'index.json')).toEqual({ ...layout })
  })

  it.each<[string, object, RegExp]>([
    ['a joint that is no text', { joints: ['a', 'b', 3] }, /unfit field joints/],
    ['three coordinates and one', { dimensions: 4 }, /unfit field dimensions/],
    ['a bone to a joint that there is not', { parents: [1, 1, 9] }, /parents names no joint/],
    ['bones in a circle', { parents: [1, 2, 0], roots: [] }, /circle/],
    ['half a pair', { mirrored: [[1]] }, /unfit field mirrored/],
    ['a fraction', { centre: 0.5 }, /unfit field centre/],
    ['a joint in two parts', { parts: { a: [0], b: [0] } }, /stands twice in parts/],
    ['axes without an origin', { axes: { up: [0, 1], across: [1, 2] } }, /unfit field axes/],
    ['a field of another kind', { weight: 1 }, /a field 'weight'/],
    ['more joints than a skeleton has', { joints: Array.from({ length: 5000 }, (_, i) => `${i}`) }, /1 to 4096/],
    ['a list without end', { tips: new Array(20_000).fill(0) }, /unfit field tips/],
  ])('is refused with %s', (_, changes, message) => {
    expect(changed(changes)).toThrow(OssatureError)
    expect(changed(changes)).toThrow(message)
    expect(changed(changes)).toThrow(/^model\.onnx: the skeleton layout in this file is damaged/)
  })

  it('is refused without a field that every layout has', () => {
    const { parents, ...rest } = throughJson(rod)
    expect(() => layoutFromStored(rest, 'x')).toThrow(/no field parents/)
    for (const value of [null, [], 'rod', 3]) expect(() => layoutFromStored(value, 'x')).toThrow(/no object/)
  })

  it('is answered with an OssatureError however its text is damaged', () => {
    const text = new TextEncoder().encode(JSON.stringify(storedLayout(rod)))
    fc.assert(
      fc.property(mutationsOf(text), (bytes) => {
        try {
          layoutFromStored(JSON.parse(new TextDecoder().decode(bytes)), 'x')
        } catch (error) {
          if (!(error instanceof OssatureError) && !(error instanceof SyntaxError)) throw error
        }
      }),
    )
  })
})

describe('a registered layout', () => {
  it('stays the same object when the same is registered again', () => {
    registerLayout(rod)
    registerLayout({ ...layoutFromStored(throughJson(rod), 'x'), source: 'elsewhere' })
    expect(layoutByName('stored-rod')).toBe(rod)
    expect(registeredLayout('Stored_Rod')).toBe(rod)
    expect(registeredLayout('coco')).toBeUndefined()
  })

  it('keeps its name to itself', () => {
    registerLayout(rod)
    const other = { ...rod, parts: { ends: [0, 2], middle: [1] } }
    expect(sameLayout(rod, other)).toBe(false)
    expect(() => registerLayout(other)).toThrow(/stored-rod: another layout has this name/)
    expect(() => registerLayout({ ...rod, name: 'coco' })).toThrow(/published/)
    expect(layoutByName('stored-rod')).toBe(rod)
  })
})
