import { describe, expect, it } from 'vitest'
import { corruptJoints } from '../../src/augment/space/corrupt-joints.ts'
import { dropJoints } from '../../src/augment/space/drop-joints.ts'
import { dropAxis, dropSide, maskAxis } from '../../src/augment/space/mask.ts'
import { oneAxisRotation } from '../../src/augment/space/one-axis-rotation.ts'
import { randomGaussianNoise } from '../../src/augment/space/random-gaussian-noise.ts'
import { randomRotation } from '../../src/augment/space/random-rotation.ts'
import { randomScale } from '../../src/augment/space/random-scale.ts'
import { shear } from '../../src/augment/space/shear.ts'
import { spatialFlip } from '../../src/augment/space/spatial-flip.ts'
import { randomGaussianBlur } from '../../src/augment/time/gaussian-blur.ts'
import { temporalCrop } from '../../src/augment/time/temporal-crop.ts'
import { temporalFlip, temporalShift } from '../../src/augment/time/temporal-flip.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { toFloat64 } from '../../src/skeleton/allocate.ts'
import { nturgbD } from '../../src/skeleton/layouts/index.ts'
import { randomPoints } from '../skeleton/random-points.ts'

const clip = toFloat64(randomPoints({ persons: 2, frames: 12, joints: 25, channels: 3 }))
/** One joint whose coordinate is the number of its frame. */
const clock = { persons: 1, frames: 12, joints: 1, channels: 1, data: Float32Array.from({ length: 12 }, (_, t) => t) }
const stream = (seed = 1) => new CounterStream(seed)

describe('every transform', () => {
  const transforms = {
    spatialFlip: () => spatialFlip(clip, nturgbD, stream(), 1),
    shear: () => shear(clip, stream()),
    maskAxis: () => maskAxis(clip, stream(), 1),
    dropAxis: () => dropAxis(clip, { probability: 1 }, stream()),
    dropSide: () => dropSide(clip, nturgbD, stream(), 1),
    dropJoints: () => dropJoints(clip, { probability: 1 }, stream()),
    corruptJoints: () => corruptJoints(clip, stream()),
    temporalCrop: () => temporalCrop(clip, stream()),
    temporalFlip: () => temporalFlip(clip, stream(), 1),
    temporalShift: () => temporalShift(clip, stream(), 1),
    randomGaussianBlur: () => randomGaussianBlur(clip, { probability: 1 }, stream()),
    randomGaussianNoise: () => randomGaussianNoise(clip, {}, stream()),
    randomScale: () => randomScale(clip, 0.1, stream()),
    randomRotation: () => randomRotation(clip, {}, stream()),
    oneAxisRotation: () => oneAxisRotation(clip, { probability: 1 }, stream()),
  }

  it.each(Object.entries(transforms))('%s repeats with its stream, keeps shape, precision and the clip', (_, apply) => {
    const before = Float64Array.from(clip.data)
    const result = apply()
    expect({ ...result, data: 0 }).toEqual({ ...clip, data: 0 })
    expect(result.data).toBeInstanceOf(Float64Array)
    expect(Array.from(apply().data)).toEqual(Array.from(result.data))
    expect(Array.from(result.data)).not.toEqual(Array.from(before))
    expect(Array.from(clip.data)).toEqual(Array.from(before))
  })

  it('does nothing at probability 0', () => {
    for (const result of [
      spatialFlip(clip, nturgbD, stream(), 0),
      maskAxis(clip, stream(), 0),
      dropAxis(clip, { probability: 0 }, stream()),
      dropJoints(clip, { probability: 0 }, stream()),
      oneAxisRotation(clip, { probability: 0 }, stream()),
      dropSide(clip, nturgbD, stream(), 0),
      temporalFlip(clip, stream(), 0),
      temporalShift(clip, stream(), 0),
      randomGaussianBlur(clip, { probability: 0 }, stream()),
    ]) {
      expect(result).toBe(clip)
    }
  })
})

describe('time', () => {
  it('runs backwards', () => {
    expect(Array.from(temporalFlip(clock, stream(), 1).data)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  })

  it('is shifted in a circle', () => {
    const { data } = temporalShift(clock, stream(), 1)
    data.forEach((frame, t) => {
      expect(frame).toBe((data[0] + t) % 12)
    })
  })

  it('is cropped out of the clip with reflected ends', () => {
    const extended = [1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11, 10].join()
    for (let seed = 0; seed < 20; seed++) {
      expect(extended).toContain(Array.from(temporalCrop(clock, stream(seed)).data).join())
    }
  })

  it('is cropped to itself when the clip is too short to extend', () => {
    const short = { ...clock, frames: 4, data: clock.data.slice(0, 4) }
    expect(temporalCrop(short, stream())).toEqual(short)
  })

  /** 1 in frame 6 of 12, 0 before and after, as two persons. */
  const impulse = { ...clock, persons: 2, data: Float32Array.from({ length: 24 }, (_, i) => (i % 12 === 6 ? 1 : 0)) }
  const blurred = (t: number) => (Math.abs(t - 6) <= 2 ? Math.exp(-((t - 6) ** 2) / 8) : 0)

  it('is blurred by weights that are not normalised', () => {
    const { data } = randomGaussianBlur(impulse, { sigma: [2, 2], kernel: 5, probability: 1 }, stream())
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(blurred(i % 12), 7)
    })
  })

  it('loses its first and last frame to a blur of an even number of taps', () => {
    const result = randomGaussianBlur(impulse, { sigma: [2, 2], kernel: 4, probability: 1 }, stream())
    expect(result).toMatchObject({ persons: 2, frames: 10 })
    result.data.forEach((value, i) => {
      expect(value).toBeCloseTo(blurred((i % 10) + 1), 7)
    })
  })
})

describe('space', () => {
  it('loses one axis, or the joints of one side', () => {
    const masked = maskAxis(clip, stream(), 1).data
    const zeroAxes = [0, 1, 2].filter((axis) => masked.every((value, i) => i % 3 !== axis || value === 0))
    expect(zeroAxes).toHaveLength(1)
    const dropped = dropSide(clip, nturgbD, stream(), 1).data
    const gone = nturgbD.joints.filter((_, v) => dropped[3 * v] === 0)
    expect(gone).toHaveLength(10)
    expect(new Set(gone.map((name) => name.split(' ')[0])).size).toBe(1)
  })

  it('loses as many joints as told, in as many frames', () => {
    const { data } = dropJoints(clip, { joints: 4, frames: 3, probability: 1 }, stream())
    const missing = Array.from({ length: 12 }, (_, t) =>
      Array.from({ length: 25 }, (_, v) => v).filter((v) =>
        [0, 1].every((m) => data[((m * 12 + t) * 25 + v) * 3] === 0),
      ),
    ).filter((joints) => joints.length > 0)
    expect(missing).toHaveLength(3)
    expect(new Set(missing.map(String)).size).toBe(1)
    expect(missing[0]).toHaveLength(4)
  })

  it('loses all joints or frames where there are no more', () => {
    const short = { ...clip, frames: 1, joints: 5, persons: 1, data: clip.data.slice(0, 15) }
    const { data } = dropJoints(short, { probability: 1 }, stream())
    expect(data.every((value) => value === 0)).toBe(true)
  })

  it('loses some joints, or sees them through one matrix, in equal shares', () => {
    const kinds = Array.from({ length: 40 }, (_, seed) => {
      const { data } = corruptJoints(clip, stream(seed), 6)
      const changed = [...Array(25).keys()].filter((v) => data[3 * v] !== clip.data[3 * v])
      expect(changed).toHaveLength(6)
      return changed.every((v) => data[3 * v] === 0) ? 'lost' : 'seen'
    })
    expect(kinds.filter((kind) => kind === 'lost').length).toBeGreaterThan(10)
    expect(kinds.filter((kind) => kind === 'seen').length).toBeGreaterThan(10)
  })

  it.each([26, -1, 1.5])('cannot lose %d of 25 joints', (count) => {
    expect(() => corruptJoints(clip, stream(), count)).toThrow(/0 to 25/)
  })

  it('is turned about the given axis, by up to the given angle', () => {
    const { data } = oneAxisRotation(clip, { axis: 1, degrees: 10, probability: 1 }, stream())
    for (let i = 0; i < data.length; i += 3) {
      expect(data[i + 1]).toBe(clip.data[i + 1])
      const turned = Math.atan2(data[i + 2], data[i]) - Math.atan2(clip.data[i + 2], clip.data[i])
      expect(Math.abs(Math.sin(turned))).toBeLessThan(Math.sin((10 * Math.PI) / 180))
    }
  })

  it('is rotated by small angles about every axis without a change of length', () => {
    const { data } = randomRotation(clip, { theta: 0.3 }, stream())
    for (let i = 0; i < data.length; i += 3) {
      const length = Math.hypot(clip.data[i], clip.data[i + 1], clip.data[i + 2])
      expect(Math.hypot(data[i], data[i + 1], data[i + 2])).toBeCloseTo(length, 12)
    }
  })

  it('is not rotated, and nothing drawn, for a clip of zeros', () => {
    const empty = { ...clip, data: new Float64Array(clip.data.length) }
    const unused = stream()
    expect(randomRotation(empty, {}, unused)).toBe(empty)
    expect(unused.position).toBe(0)
  })

  it('of zeros is rotated like any other where that is asked for', () => {
    const empty = { ...clip, data: new Float64Array(clip.data.length) }
    const [used, usual] = [stream(), stream()]
    randomRotation(clip, {}, usual)
    expect(randomRotation(empty, { empty: 'rotated' }, used)).toEqual(empty)
    expect(used.position).toBe(usual.position)
  })

  it('is scaled by one factor per axis', () => {
    const { data } = randomScale(clip, [0.2, 0, 0.1], stream())
    const factors = [0, 1, 2].map((axis) => data[axis] / clip.data[axis])
    expect(factors[1]).toBe(1)
    expect(Math.abs(factors[0] - 1)).toBeLessThanOrEqual(0.2)
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(clip.data[i] * factors[i % 3], 12)
    })
    expect(() => randomScale(clip, [0.1, 0.1], stream())).toThrow(/one scale per axis/)
  })

  it('is noisy in proportion to the size of the pose, where there is one', () => {
    const data = Float64Array.from(clip.data)
    data.fill(0, 0, 75)
    const half = { ...clip, data }
    const noisy = randomGaussianNoise(half, { sigma: 0.01 }, stream()).data
    const moves = noisy.map((value, i) => Math.abs(value - data[i]))
    expect(moves.subarray(0, 75).every((move) => move === 0)).toBe(true)
    expect(Math.max(...moves)).toBeLessThan(0.01 * 5 * Math.sqrt(12))
    const large = { ...half, data: data.map((value) => 10 * value) }
    randomGaussianNoise(large, { sigma: 0.01 }, stream()).data.forEach((value, i) => {
      expect(value / 10).toBeCloseTo(noisy[i], 10)
    })
  })

  it('is noisy in clips of any length', () => {
    const frames = 150_000
    const long = { ...clock, frames, data: Float32Array.from({ length: frames }, (_, t) => 1 + (t % 2)) }
    const { data } = randomGaussianNoise(long, { base: 'video', sigma: 0.01 }, stream())
    const moves = data.map((value, t) => value - long.data[t])
    const deviation = Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / frames)
    // The box of the clip is 1 long, and five standard errors of a deviation are 5 / sqrt(2 n) of it.
    expect(Math.abs(deviation / 0.01 - 1)).toBeLessThan(0.01)
  })

  it('moves a joint alike in all frames with shared noise', () => {
    const { data } = randomGaussianNoise(clip, { base: 'video', shared: true }, stream())
    for (let c = 0; c < 75; c++) {
      expect(data[c] - clip.data[c]).toBeCloseTo(data[c + 75 * 5] - clip.data[c + 75 * 5], 12)
    }
    expect(() => randomGaussianNoise(clip, { shared: true }, stream())).toThrow(/base video/)
  })
})
