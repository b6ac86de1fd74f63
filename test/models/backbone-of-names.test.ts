import { describe, expect, it } from 'vitest'
import { backboneOfNames } from '../../src/models/backbone-of-names.ts'
import { BACKBONE_NAMES, createBackbone } from '../../src/models/build.ts'
import { OriginalClassifier } from '../../src/models/original/classifier.ts'
import { Recognizer } from '../../src/models/recognizer.ts'
import type { Module } from '../../src/nn/index.ts'
import { layoutByName } from '../../src/skeleton/layouts/index.ts'

const namesOf = (network: Module) => Array.from(network.variables(), ([name]) => name)

describe('the backbone that names of weights are of', () => {
  it.each(BACKBONE_NAMES)('is %s for its own, of another width and skeleton, with either classifier', (name) => {
    const backbone = createBackbone(name, { layout: layoutByName('coco'), persons: 2, channels: 2 }, { width: 16 })
    const names = namesOf(new Recognizer(backbone, 10))
    expect(backboneOfNames(names)).toBe(name)
    expect(backboneOfNames(names.map((key) => `module.${key}`))).toBe(name)
    expect(backboneOfNames(namesOf(new OriginalClassifier(backbone, 10)))).toBe(name)
  })

  it('is none for the names of other networks', () => {
    expect(backboneOfNames(['fc.weight', 'fc.bias', 'data_bn.weight', 'l1.gcn1.PA'])).toBeUndefined()
    expect(backboneOfNames([])).toBeUndefined()
  })
})
