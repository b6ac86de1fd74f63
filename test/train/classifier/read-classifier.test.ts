import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import { exportOnnx, f32, trace } from '../../../src/tensor/index.ts'
import { type ClassifierFacts, METADATA } from '../../../src/train/classifier/export-classifier.ts'
import { layoutOfClassifier, readClassifierFacts } from '../../../src/train/classifier/read-classifier.ts'

const facts: ClassifierFacts = {
  system: 'baseline',
  layout: 'nw-ucla',
  classes: ['drop', 'throw away'],
  recipe: {
    normalize: 'unit-range',
    streams: ['j'],
    sampling: 'resample',
    clipLength: 8,
    persons: 1,
    view: true,
    scale: 0.1,
    rotation: 0,
    flip: 0.5,
  },
}

const ROD = {
  ...{ name: 'rod', dimensions: 2, joints: ['a', 'b'], centre: 0, inward: [[1, 0]], parents: [0, 0], roots: [0] },
  ...{ mirrored: [], parts: {}, halves: {}, tips: [] },
}

function model(metadata: Record<string, string>): Uint8Array {
  return exportOnnx(
    trace({ clip: f32(1, 2) }, ({ clip }) => ({ logits: clip })),
    metadata,
  )
}

const withFacts = (text: string) => model({ [METADATA.format]: '1', [METADATA.facts]: text })

describe('the facts about an exported classifier', () => {
  it('are read as they were written', () => {
    expect(readClassifierFacts(withFacts(JSON.stringify(facts)))).toEqual(facts)
  })

  it('tell the layout: their own, or the published one of that name', () => {
    const own = readClassifierFacts(withFacts(JSON.stringify({ ...facts, layout: 'rod', ownLayout: ROD })))
    expect(layoutOfClassifier(own)).toEqual(ROD)
    expect(layoutOfClassifier(facts)).toBe(layoutByName('nw-ucla'))
    expect(() => layoutOfClassifier({ layout: 'rod' })).toThrow(/unknown skeleton layout/)
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['another program wrote it', model({}), /no classifier|not a classifier/],
    ['its format is of a later version', model({ [METADATA.format]: '2' }), /version 2/],
    ['they are missing', model({ [METADATA.format]: '1' }), /no JSON/],
    ['they are no object', withFacts('[]'), /system, layout, classes/],
    ['a class is no text', withFacts(JSON.stringify({ ...facts, classes: [1] })), /no list of classes/],
    [
      'the recipe lacks a number',
      withFacts(JSON.stringify({ ...facts, recipe: { ...facts.recipe, persons: '1' } })),
      /persons/,
    ],
    ['a layout of its own has another name', withFacts(JSON.stringify({ ...facts, ownLayout: ROD })), /layout rod as/],
    [
      'a layout of its own is damaged',
      withFacts(JSON.stringify({ ...facts, layout: 'rod', ownLayout: { ...ROD, centre: 7 } })),
      /layout in this file is damaged\n.*centre names no joint/,
    ],
    ['it is no model', Uint8Array.of(1, 2, 3), /not an ONNX model/],
  ])('are refused where %s', (_, bytes, message) => {
    const read = () => readClassifierFacts(bytes)
    expect(read).toThrow(OssatureError)
    expect(read).toThrow(message)
  })
})
