import { describe, expect, it } from 'vitest'
import { SKATEFORMER_NTU, SKATEFORMER_NW_UCLA, SkateFormer } from '../../../src/models/skateformer/index.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import { resolveOptions } from '../../../src/systems/options.ts'
import { networkOptions, partitionSizes } from '../../../src/systems/skateformer/network-options.ts'
import { skateformerOptions } from '../../../src/systems/skateformer/options.ts'

const optionsFor = (layout: string, persons: number, values: Record<string, unknown> = {}) =>
  networkOptions(resolveOptions(skateformerOptions, [{ origin: 'test', values }]), {
    ...{ layout: layoutByName(layout), persons, clipLength: 64, channels: 3, classes: 10 },
  })

describe('the network', () => {
  const published = { depths: [2, 2, 2, 2], channels: [96, 192, 192, 192], attnDrop: 0.5, dropPath: 0.2, indexT: true }

  it('is the published one for two persons of NTU RGB+D', () => {
    for (const layout of ['nturgb+d', 'ntu-rgb+d']) {
      expect(optionsFor(layout, 2)).toMatchObject({ ...published, ...SKATEFORMER_NTU })
    }
    expect(optionsFor('nturgb+d', 2).sizes).toEqual([
      [8, 8],
      [8, 12],
      [8, 8],
      [8, 12],
    ])
  })

  it('is the published one for one person of NW-UCLA', () => {
    expect(optionsFor('nw_ucla', 1)).toMatchObject({ ...published, ...SKATEFORMER_NW_UCLA })
    expect(optionsFor('nw_ucla', 1, { mlpRatio: 4 }).mlpRatio).toBe(4)
  })

  it('takes all joints in the order of the layout elsewhere, and can be built', () => {
    for (const [layout, persons] of [
      ['nturgb+d', 1],
      ['sbu', 2],
      ['hdm05', 1],
      ['shrec17', 1],
    ] as const) {
      const options = optionsFor(layout, persons, { width: 32, depth: 1 })
      expect(options).toMatchObject({ numPeople: persons, mlpRatio: 4, channels: [32, 64, 64, 64] })
      expect(options.numPoints).toBe(layoutByName(layout).joints.length)
      expect(options.jointOrder).toBeUndefined()
      expect(() => new SkateFormer(options)).not.toThrow()
    }
  })
})

describe('partitions of other layouts', () => {
  it('divide the joints of all persons', () => {
    for (let joints = 1; joints <= 150; joints++) {
      for (const [frames, count] of partitionSizes(joints)) {
        expect([frames, joints % count], `${count} of ${joints} joints`).toEqual([8, 0])
      }
    }
  })

  it('have as few near joints as possible, at least 4, and one of each of their groups as far ones', () => {
    const nearAndFar = (joints: number) => {
      const [near, far, nearAgain, farAgain] = partitionSizes(joints)
      expect([nearAgain, farAgain]).toEqual([near, far])
      return [near[1], far[1]]
    }
    expect(nearAndFar(48)).toEqual([4, 12])
    expect(nearAndFar(20)).toEqual([4, 5])
    expect(nearAndFar(30)).toEqual([5, 6])
    // Two groups of eleven: too few for a partition of their own.
    expect(nearAndFar(22)).toEqual([11, 11])
    expect(nearAndFar(3)).toEqual([3, 3])
  })
})
