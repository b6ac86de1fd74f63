import { describe, expect, it } from 'vitest'
import {
  type GrowingAugmentation,
  growingViews,
  normalAugmentation,
} from '../../../src/augment/recipes/growing-views.ts'
import { gaussianNoise } from '../../../src/augment/space/gaussian-noise.ts'
import { mainAxisRotation } from '../../../src/augment/space/main-axis-rotation.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { toFloat64 } from '../../../src/skeleton/allocate.ts'
import { nturgbD } from '../../../src/skeleton/layouts/index.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const clip = randomPoints({ persons: 2, frames: 12, joints: 25, channels: 3 })
const stream = (seed = 1) => new CounterStream(seed)
const normal = (options: GrowingAugmentation, draws = stream()) => normalAugmentation(clip, nturgbD, options, draws)

describe('growing views', () => {
  it('are four different ones of the clip, which repeat with their stream', () => {
    const views = Object.values(growingViews(clip, nturgbD, {}, stream()))
    expect(views).toEqual(Object.values(growingViews(clip, nturgbD, {}, stream())))
    expect(new Set(views.map(({ data }) => data.join())).size).toBe(4)
    for (const view of views) expect({ ...view, data: view.data.length }).toEqual({ ...clip, data: clip.data.length })
  })

  it('of a clip that is too short to be cropped keep its frames', () => {
    const short = randomPoints({ persons: 1, frames: 5, joints: 25, channels: 3 })
    expect(growingViews(short, nturgbD, { shearAmplitude: 0 }, stream()).basic).toEqual(short)
  })

  it('take the steps as a set', () => {
    for (let seed = 0; seed < 5; seed++) {
      const steps = (augMethod: string) => normal({ augMethod }, stream(seed))
      expect(steps('6241')).toEqual(steps('12466'))
    }
  })

  it('without any step are the clip, and draw nothing', () => {
    const unused = stream()
    expect(normal({ cropRatio: 0, shearAmplitude: -1, augMethod: '' }, unused)).toBe(clip)
    expect(unused.position).toBe(0)
  })

  it.each(['7', '1, 2', 'flip'])('refuse the steps %s', (augMethod) => {
    expect(() => normal({ augMethod })).toThrow(/no such step.*\n.*digits from 1 to 6/)
  })
})

describe('rotation about a main axis', () => {
  it('leaves one axis alone where the others do not turn, and turns it by no more than the largest angle', () => {
    const axes = new Set<number>()
    for (let seed = 0; seed < 20; seed++) {
      const { data } = mainAxisRotation(toFloat64(clip), { main: 40, other: 0 }, stream(seed))
      const unchanged = [0, 1, 2].filter((axis) => data.every((x, i) => i % 3 !== axis || x === clip.data[i]))
      expect(unchanged).toHaveLength(1)
      const [a, b] = [0, 1, 2].filter((axis) => axis !== unchanged[0])
      const before = Math.atan2(clip.data[b], clip.data[a])
      const turned = Math.atan2(data[b], data[a]) - before
      const degrees = Math.abs(Math.asin(Math.sin(turned))) * (180 / Math.PI)
      expect(Math.cos(turned)).toBeGreaterThan(0)
      expect(degrees).toBeLessThanOrEqual(40)
      axes.add(unchanged[0])
    }
    expect(axes.size).toBe(3)
  })
})

describe('added noise', () => {
  it('has the mean and the deviation', () => {
    const { data } = gaussianNoise(toFloat64(clip), { mean: 0.5, deviation: 0.01, probability: 1 }, stream())
    const noise = data.map((value, i) => value - clip.data[i])
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length
    const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length
    // Five standard errors of 1800 draws.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0012)
    expect(Math.abs(Math.sqrt(variance) - 0.01)).toBeLessThan(0.00085)
  })

  it('is not added at probability 0', () => {
    expect(gaussianNoise(clip, { probability: 0 }, stream())).toBe(clip)
  })
})
