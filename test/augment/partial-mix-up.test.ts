import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ClipBatch,
  type PartialMixUpOptions,
  partialMixUp,
  releasedPartialMixUp,
} from '../../src/augment/partial-mix-up.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { bodyPart } from '../../src/skeleton/layout.ts'
import { nturgbD } from '../../src/skeleton/layouts/index.ts'

const upper = bodyPart(nturgbD, 'upper')
const lower = bodyPart(nturgbD, 'lower')
const [M, T, V, C] = [2, 3, 25, 3]
const clipSize = M * T * V * C

/** Every value tells its clip (thousands) and its joint. */
function batchOf(count: number): ClipBatch {
  const data = Float32Array.from({ length: count * clipSize }, (_, i) => {
    return 1000 * Math.floor(i / clipSize) + (Math.floor(i / C) % V)
  })
  return { data, shape: [count, M, T, V, C] }
}

const mix = (batch: ClipBatch, labels: number[], options: Partial<PartialMixUpOptions>, seed = 1) =>
  partialMixUp(batch, labels, { upper, lower, ...options }, new CounterStream(seed))

/** Clip and joint of joint v of a clip's last frame. */
const origin = (batch: ClipBatch, clip: number, joint: number) => {
  const value = batch.data[(clip + 1) * clipSize - V * C + joint * C]
  return [Math.floor(value / 1000), value % 1000]
}

describe('partial mix-up', () => {
  const batch = batchOf(16)
  const labels = Array.from({ length: 16 }, (_, i) => i)

  it('puts the lower body of a partner under the upper body of a clip, joints in their places', () => {
    const { clips, mixed, labelA, labelB, drawn } = mix(batch, labels, {})
    expect([drawn, mixed.length]).toEqual([1, 1])
    const [clip] = mixed
    const partner = labelB[clip]
    expect(partner).not.toBe(clip)
    expect(labelA[clip]).toBe(clip)
    for (const joint of upper) expect(origin(clips, clip, joint)).toEqual([clip, joint])
    for (const joint of lower) expect(origin(clips, clip, joint)).toEqual([partner, joint])
    const other = (clip + 1) % 16
    expect(clips.data.subarray(other * clipSize, (other + 1) * clipSize)).toEqual(
      batch.data.subarray(other * clipSize, (other + 1) * clipSize),
    )
  })

  it('leaves the batch as it was', () => {
    const before = Float32Array.from(batch.data)
    mix(batch, labels, { ratio: 1 })
    expect(batch.data.every((value, i) => value === before[i])).toBe(true)
  })

  it('gives the label to the rarer class, per clip', () => {
    const counts = [600, 300, 250, 100, 10]
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }), fc.nat(99), (classes, seed) => {
        const { labelA, labelB, lambda, mixed } = mix(batchOf(4), classes, { ratio: 1, classCounts: counts }, seed)
        expect(mixed).toEqual([0, 1, 2, 3])
        for (const clip of mixed) {
          const [own, partner] = [counts[labelA[clip]], counts[labelB[clip]]]
          const expected = own > 3 * partner ? 0 : partner > 3 * own ? 1 : Math.fround(0.64)
          expect(lambda[clip]).toBe(expected)
        }
      }),
    )
  })

  it('mixes nothing in a batch of fewer than 16 clips', () => {
    const { mixed, lambda, labelA, labelB } = mix(batchOf(12), labels.slice(0, 12), {})
    expect(mixed).toEqual([])
    expect(labelA).toEqual(labelB)
    expect(lambda.every((weight) => weight === 1)).toBe(true)
  })

  it('takes partners from the batch before mixing', () => {
    const { clips, mixed, labelB } = mix(batch, labels, { ratio: 1 })
    for (const clip of mixed) expect(origin(clips, clip, 0)).toEqual([labelB[clip], 0])
  })

  it('refuses parts that do not share out the joints', () => {
    expect(() => mix(batch, labels, { lower: lower.slice(1) })).toThrow(/share out/)
    expect(() => mix(batch, labels, { lower: [...lower.slice(1), 1] })).toThrow(/share out/)
    expect(() => mix(batch, labels, { classCounts: [1, 2] })).toThrow(/class count/)
  })
})

describe('partial mix-up as released', () => {
  const batch = batchOf(16)
  const labels = Array.from({ length: 16 }, (_, i) => i)

  it('leaves the joints in the order upper, lower', () => {
    const { clips, mixed, labelB } = mix(batch, labels, { jointOrder: 'concatenated' })
    const [clip] = mixed
    ;[...upper, ...lower].forEach((joint, k) => {
      expect(origin(clips, clip, k)).toEqual([k < upper.length ? clip : labelB[clip], joint])
    })
  })

  it('never mixes the clip after a mixed one', () => {
    const { drawn, mixed } = mix(batch, labels, { ...releasedPartialMixUp, ratio: 1 })
    expect(drawn).toBe(16)
    expect(mixed).toEqual([0, 2, 4, 6, 8, 10, 12, 14])
  })

  it('has one weight for the batch, that of the last pair', () => {
    const counts = [100, 1]
    const { lambda, labelA, labelB, mixed } = mix(
      batch,
      labels.map((i) => i % 2),
      {
        ...releasedPartialMixUp,
        ratio: 1,
        classCounts: counts,
      },
    )
    const last = mixed[mixed.length - 1]
    const expected = labelA[last] === labelB[last] ? Math.fround(0.64) : labelA[last] === 0 ? 0 : 1
    expect(lambda.every((weight) => weight === expected)).toBe(true)
  })
})
