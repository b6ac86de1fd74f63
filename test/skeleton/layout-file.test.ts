import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { layoutFileSchema, parseLayout } from '../../src/skeleton/layout-file.ts'
import { readLayout } from '../../src/skeleton/read-layout.ts'

const upperBody = {
  name: 'seated',
  dimensions: 3,
  unit: 'metre',
  joints: ['neck', 'head', 'left shoulder', 'left wrist', 'right shoulder', 'right wrist'],
  bones: {
    head: 'neck',
    'left shoulder': 'neck',
    'left wrist': 'left shoulder',
    'right shoulder': 'neck',
    'right wrist': 'right shoulder',
  },
  centre: 'neck',
  tips: ['left wrist', 'right wrist'],
  axes: {
    origin: ['left shoulder', 'right shoulder'],
    up: ['neck', 'head'],
    across: ['right shoulder', 'left shoulder'],
  },
}
const text = (changes: object = {}) => JSON.stringify({ ...upperBody, ...changes })

describe('a layout file', () => {
  it('is read with all that follows from the names', () => {
    const layout = parseLayout(text())
    expect(layout.parents).toEqual([0, 0, 0, 2, 0, 4])
    expect(layout.centre).toBe(0)
    expect(layout.mirrored).toEqual([
      [2, 4],
      [3, 5],
    ])
    expect(layout.parts).toEqual({ torso: [0], head: [1], 'left arm': [2, 3], 'right arm': [4, 5] })
    expect(layout.axes).toEqual({ origin: [2, 4], up: [0, 1], across: [4, 2] })
  })

  it('is read from a path as from its text', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ossature-layout-'))
    try {
      const path = join(folder, 'seated.json')
      writeFileSync(path, text())
      expect(readLayout(path)).toEqual(readLayout(text()))
      expect(() => readLayout(join(folder, 'absent.json'))).toThrow(/absent\.json/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('may name joints as it likes, and then names its parts itself', () => {
    const beads = { joints: ['a', 'b', 'c'], bones: { b: 'a', c: 'b' }, centre: 'a', tips: [], axes: undefined }
    expect(parseLayout(text(beads)).parts).toEqual({})
    expect(parseLayout(text({ ...beads, parts: { end: ['c'] } })).parts).toEqual({ end: [2] })
  })

  it('may have several trees when it says so', () => {
    const bones = { 'left wrist': 'left shoulder', 'right wrist': 'right shoulder' }
    const roots = ['neck', 'head', 'left shoulder', 'right shoulder']
    expect(() => parseLayout(text({ bones }))).toThrow(/joint 1 \(head\)/)
    expect(parseLayout(text({ bones, roots })).roots).toEqual([0, 1, 2, 4])
  })

  it.each([
    ['no JSON', '{"name": ', /not JSON/],
    ['a field that is not known', text({ bone: {} }), /bone/],
    ['no joints', text({ joints: undefined }), /joints/],
    ['dimensions that no pose has', text({ dimensions: 4 }), /dimensions/],
    ['a bone of an unknown joint', text({ bones: { ...upperBody.bones, 'left hnad': 'left wrist' } }), /left hnad/],
    ['a joint that hangs on itself', text({ bones: { ...upperBody.bones, neck: 'neck' } }), /hangs on itself/],
    ['bones in a circle', text({ bones: { ...upperBody.bones, neck: 'left wrist' } }), /circle/],
    ['an unknown centre', text({ centre: 'hip' }), /centre.*hip/s],
    ['an unknown tip', text({ tips: ['left toe'] }), /tips.*left toe/s],
    ['a name that comes twice', text({ joints: [...upperBody.joints, 'head'] }), /head/],
    ['a joint in two parts', text({ parts: { a: ['neck'], b: ['neck'] } }), /neck.*a and b/s],
    ['an unknown joint in a part', text({ parts: { a: ['elbow'] } }), /parts\.a.*elbow/s],
  ])('is refused with a message that names the place: %s', (_, wrong, message) => {
    expect(() => parseLayout(wrong, 'seated.json')).toThrow(message)
    expect(() => parseLayout(wrong, 'recordings/layout.json')).toThrow(/^recordings\/layout\.json/)
  })

  it('is documented field by field', () => {
    const { properties } = z.toJSONSchema(layoutFileSchema) as { properties: Record<string, { description?: string }> }
    for (const [field, { description }] of Object.entries(properties)) {
      if (field !== 'axes') expect(description, field).toMatch(/\.$/)
    }
  })
})
