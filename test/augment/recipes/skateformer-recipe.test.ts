import { describe, expect, it } from 'vitest'
import {
  SKATEFORMER_NW_UCLA,
  skateformerNwUclaTestSample,
  skateformerNwUclaTrainingSample,
} from '../../../src/augment/recipes/skateformer-nw-ucla.ts'
import {
  SKATEFORMER_NTU,
  type SkateformerRecipe,
  skateformerTestSample,
  skateformerTrainingSample,
} from '../../../src/augment/recipes/skateformer-recipe.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { nturgbD, nwUcla } from '../../../src/skeleton/layouts/index.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const clip = randomPoints({ persons: 2, frames: 70, joints: 25, channels: 3 })
const solo = randomPoints({ persons: 1, frames: 30, joints: 20, channels: 3 })

const train = (changes: Partial<SkateformerRecipe>, seed = 1) => {
  let asked = 0
  const sample = skateformerTrainingSample(
    clip,
    { ...SKATEFORMER_NTU, ...changes },
    nturgbD,
    new CounterStream(seed),
    () => {
      asked += 1
      return clip
    },
  )
  return { ...sample, asked }
}

describe('SkateFormer’s samples of NTU RGB+D', () => {
  it('have the frames of the window, with their places, whatever the length of the clip', () => {
    for (const frames of [1, 30, 64, 70, 300]) {
      const points = randomPoints({ persons: 2, frames, joints: 25, channels: 3 })
      const sample = skateformerTestSample(points, SKATEFORMER_NTU, nturgbD)
      expect([sample.points.frames, sample.index.length]).toEqual([64, 64])
      expect(sample.points.data.every(Number.isFinite)).toBe(true)
    }
  })

  it('do not count frames of zeros at the end', () => {
    const padded = new Float32Array(2 * 100 * 75)
    for (const person of [0, 1]) padded.set(clip.data.subarray(person * 70 * 75, (person + 1) * 70 * 75), person * 7500)
    const sample = skateformerTestSample({ ...clip, data: padded, frames: 100 }, SKATEFORMER_NTU, nturgbD)
    const { points, index } = skateformerTestSample(clip, SKATEFORMER_NTU, nturgbD)
    expect(points.data.every((value, i) => value === sample.points.data[i])).toBe(true)
    expect(index).toEqual(sample.index)
  })

  it('are recorded frames where nothing is augmented', () => {
    const { points, index, asked } = train({ intra: 0, inter: 0 })
    index.forEach((place, t) => {
      const frame = Math.round(((place + 1) * 70) / 2)
      expect(points.data[t * 75]).toBe(clip.data[frame * 75])
    })
    expect(asked).toBe(0)
  })

  it('ask for another clip of the class only for the inter-instance augmentation', () => {
    expect([train({ intra: 1 }).asked, train({ intra: 0, inter: 1 }).asked]).toEqual([0, 1])
  })

  it('keep to the clip where the other clip is the same', () => {
    const [exchanged, plain] = [train({ intra: 0, inter: 1 }), train({ intra: 0, inter: 0 })]
    const moved = exchanged.points.data.map((value, i) => Math.abs(value - plain.points.data[i]))
    expect(Math.max(...moved)).toBeLessThan(1e-5)
  })

  it('are bones, or motion of the sampled frames, on demand', () => {
    const joints = train({ intra: 0, inter: 0 }).points.data
    const bones = train({ intra: 0, inter: 0, modality: 'b' }).points.data
    const motion = train({ intra: 0, inter: 0, modality: 'jm' }).points.data
    expect([...bones.subarray(3, 6)]).toEqual([0, 0, 0])
    expect(bones[0]).toBe(Math.fround(joints[0] - joints[3]))
    expect(motion[0]).toBe(Math.fround(joints[75] - joints[0]))
    expect(motion[63 * 75]).toBe(0)
  })

  it('do not exist of a clip without frames', () => {
    const empty = { ...clip, data: new Float32Array(clip.data.length) }
    expect(() => skateformerTestSample(empty, SKATEFORMER_NTU, nturgbD)).toThrow(/valid frame/)
  })
})

describe('SkateFormer’s samples of NW-UCLA', () => {
  it('fill [-1, 1] on every axis in the test', () => {
    const { points, index } = skateformerNwUclaTestSample(solo, SKATEFORMER_NW_UCLA, nwUcla)
    expect([points.frames, Math.min(...points.data), Math.max(...points.data)]).toEqual([64, -1, 1])
    expect([index[0], index[63]]).toEqual([-1, Math.fround((2 * 29) / 30 - 1)])
  })

  it('differ between draws and repeat with their stream in training', () => {
    const sample = (seed: number) =>
      skateformerNwUclaTrainingSample(solo, SKATEFORMER_NW_UCLA, nwUcla, new CounterStream(seed))
    expect(sample(1)).toEqual(sample(1))
    expect(sample(1)).not.toEqual(sample(2))
  })
})
