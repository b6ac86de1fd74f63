import { describe, expect, it } from 'vitest'
import { SKATEFORMER_NW_UCLA } from '../../../src/augment/recipes/skateformer-nw-ucla.ts'
import { SKATEFORMER_NTU } from '../../../src/augment/recipes/skateformer-recipe.ts'
import { recipeDefect } from '../../../src/augment/samples/index.ts'

/** A whole recipe of each kind, as JSON gives it back. */
const RECIPES: Readonly<Record<string, object>> = {
  clip: {
    ...{ normalize: 'spine', streams: ['j', 'bm'], sampling: 'uniform', clipLength: 64, persons: 2 },
    ...{ view: false, scale: 0.1, rotation: 0.3, flip: 0.5 },
  },
  skateformer: { kind: 'skateformer', ...SKATEFORMER_NTU, persons: 2, secondPerson: 'copy' },
  'skateformer-nw-ucla': { kind: 'skateformer-nw-ucla', ...SKATEFORMER_NW_UCLA, persons: 1 },
  'growing-views': { kind: 'growing-views', persons: 2, window: 50, stream: 'j', augMethod: '12345' },
  'frame-cache': { kind: 'frame-cache', persons: 2, window: 50, stream: 'jm', basic: false },
}

describe('a recipe that was read', () => {
  it.each(Object.entries(RECIPES))('is whole: %s', (_, recipe) => {
    expect(recipeDefect({ ...recipe })).toBeUndefined()
  })

  it.each<[string, object, RegExp]>([
    ['clip', { kind: 'dance' }, /unknown kind dance/],
    ['clip', { normalize: 'upright' }, /normalize .* one of unit-range, spine, image, none/],
    ['clip', { sampling: 'dense' }, /sampling .* one of uniform, resample/],
    ['clip', { streams: [] }, /streams .* list of j, jm/],
    ['clip', { streams: ['x'] }, /streams/],
    ['clip', { streams: 'j' }, /streams/],
    ['clip', { clipLength: 1e9 }, /clipLength .* whole number from 1 to 100000/],
    ['clip', { clipLength: 2.5 }, /clipLength/],
    ['clip', { persons: 1e6 }, /persons .* whole number from 1 to 100/],
    ['clip', { persons: '2' }, /persons/],
    ['clip', { scale: null }, /scale .* number/],
    ['clip', { personChoice: 'tallest' }, /personChoice .* motion, score, given/],
    ['clip', { scores: 1 }, /scores/],
    ['skateformer', { modality: 'x' }, /modality/],
    ['skateformer', { sampling: 'uniform' }, /sampling .* one of trimmed-uniform, crop-resize/],
    ['skateformer', { secondPerson: 'first' }, /secondPerson .* one of zeros, copy/],
    ['skateformer', { boneRoot: -1 }, /boneRoot/],
    ['skateformer', { leastFrames: 0 }, /leastFrames/],
    ['skateformer-nw-ucla', { window: 0 }, /window/],
    ['growing-views', { window: undefined }, /window/],
    ['frame-cache', { stream: 'r' }, /stream/],
  ])('has a defect: %s with %j', (kind, changes, message) => {
    expect(recipeDefect({ ...RECIPES[kind], ...changes })).toMatch(message)
  })

  it('may leave the choice of persons and the scores out, or state them', () => {
    expect(recipeDefect({ ...RECIPES.clip, personChoice: 'motion', scores: true })).toBeUndefined()
  })
})
