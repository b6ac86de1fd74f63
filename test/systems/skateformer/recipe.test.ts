import { describe, expect, it } from 'vitest'
import { preparedForSamples } from '../../../src/augment/samples/index.ts'
import type { Dataset } from '../../../src/data/dataset.ts'
import { layoutByName, layouts, nturgbD } from '../../../src/skeleton/layouts/index.ts'
import { resolveOptions } from '../../../src/systems/options.ts'
import { skateformerOptions } from '../../../src/systems/skateformer/options.ts'
import { recipeOf } from '../../../src/systems/skateformer/recipe.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

/** A data set of which only layout and persons are known. */
const dataset = (layout: string, persons: number): Dataset => ({
  ...{ name: 'mine', layout, classes: ['a'], joints: layoutByName(layout).joints.length, channels: 3 },
  entries: [1, persons].map((of, i) => ({ id: String(i), label: 0, persons: of, frames: 70, meta: {} })),
  clip: () => expect.unreachable(),
})

const recipe = (layout: string, persons: number, values: Record<string, unknown> = {}) =>
  recipeOf(resolveOptions(skateformerOptions, [{ origin: 'test', values }]), dataset(layout, persons))

describe('how SkateFormer has clips prepared', () => {
  it('is the published recipe for NTU RGB+D', () => {
    expect(recipe('nturgb+d', 2)).toEqual({
      ...{ kind: 'skateformer', persons: 2, secondPerson: 'zeros', modality: 'j', boneRoot: 1 },
      ...{ window: 64, leastFrames: 64, sampling: 'trimmed-uniform', trainShares: [0.5, 1], testShare: 0.95 },
      ...{ intra: 0.5, inter: 0.2, augMethod: 'a123489' },
    })
  })

  it('is that of NW-UCLA for its layout', () => {
    const expected = { persons: 1, modality: 'j', boneRoot: 2, window: 64, probability: 0.5 }
    expect(recipe('nw_ucla', 1)).toEqual({ kind: 'skateformer-nw-ucla', ...expected })
  })

  it('changes with the options', () => {
    const changed = { persons: 1, intra: 0.3, inter: 0, clipLength: 128, secondPerson: 'copy' }
    expect(recipe('nturgb+d', 2, { ...changed, stream: 'bm' })).toMatchObject({
      ...{ persons: 1, intra: 0.3, inter: 0, window: 128, secondPerson: 'copy', modality: 'bm' },
    })
    expect(recipe('nw_ucla', 1, { intra: 0.3 })).toMatchObject({ probability: 0.3 })
  })

  it('has bones that lead away from a joint of the layout, whatever the layout', () => {
    for (const layout of layouts) {
      if (layout.dimensions === 2) continue
      const { boneRoot } = recipe(layout.name, 1) as { boneRoot: number }
      expect(layout.joints[boneRoot], layout.name).toBeDefined()
    }
    // Its origin is the middle of two joints.
    expect(recipe('mediapipe-pose-world', 1)).toMatchObject({ boneRoot: 0 })
  })

  it('is not defined in an image, or for more than two persons', () => {
    expect(() => recipe('coco', 1)).toThrow(/joints in space[\s\S]*coco, 2 dimensions/)
    expect(() => recipe('nturgb+d', 3)).toThrow(/two persons[\s\S]*3/)
  })
})

describe('a prepared clip', () => {
  const points = randomPoints({ persons: 1, frames: 3, joints: 25, channels: 3 })
  points.data.fill(0, 75, 150)
  const prepared = (values: Record<string, unknown>) =>
    preparedForSamples(points, recipe('nturgb+d', 2, values), nturgbD)

  it('has the middle of the spine at the origin of its first frame, its empty frames, and an empty second person', () => {
    const { data, persons, frames } = prepared({})
    expect([persons, frames]).toEqual([2, 3])
    expect([...data.subarray(3, 6)]).toEqual([0, 0, 0])
    expect(data[150]).toBeCloseTo(points.data[150] - points.data[3], 6)
    expect(data.subarray(75, 150).every((value) => value === 0)).toBe(true)
    expect(data.subarray(225).every((value) => value === 0)).toBe(true)
  })

  it('has a copy of the first person where that is asked for', () => {
    const { data } = prepared({ secondPerson: 'copy' })
    expect(data.subarray(225)).toEqual(data.subarray(0, 225))
  })
})
