import { describe, expect, it } from 'vitest'
import { preNormalizeAgcn } from '../../../src/augment/frame-of-reference/pre-normalize-agcn.ts'
import { refillFrames } from '../../../src/augment/time/refill-frames.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

/** Persons of one joint whose coordinate is as given, a row per person. */
const rows = (...persons: number[][]) => ({
  data: Float32Array.from(persons.flat()),
  ...{ persons: persons.length, frames: persons[0].length, joints: 1, channels: 1 },
})

describe('refilled frames', () => {
  it.each([
    ['repeat what is before empty frames at the end', [1, 2, 3, 0, 0, 0, 0], [1, 2, 3, 1, 2, 3, 1]],
    ['come to the front where the first is empty', [0, 0, 5, 0, 6, 0, 0], [5, 6, 5, 6, 5, 6, 5]],
    ['stay empty between others', [1, 0, 2, 0, 0, 0, 0], [1, 0, 2, 1, 0, 2, 1]],
    ['stay empty for a person who is in none', [0, 0, 0], [0, 0, 0]],
  ])('%s', (_, before, after) => {
    const empty = before.map(() => 0)
    expect([...refillFrames(rows(empty, before)).data]).toEqual([...empty, ...after])
  })
})

describe('pre-normalisation of 2s-AGCN', () => {
  const clip = randomPoints({ persons: 2, frames: 4, joints: 25, channels: 3 })
  const at = (data: Float32Array, joint: number, frame = 0) => [...data.subarray(75 * frame + 3 * joint).subarray(0, 3)]

  it('has the first person’s centre at the origin of every frame, the spine upright, the shoulders across', () => {
    const { data } = preNormalizeAgcn(clip)
    for (let frame = 0; frame < 4; frame++) expect(at(data, 1, frame)).toEqual([0, 0, 0])
    const [x, y, z] = at(data, 0)
    expect(Math.hypot(x, y)).toBeLessThan(1)
    expect(z).toBeLessThan(0)
    // The second turn keeps the line of the shoulders on x; the spine was upright before it.
    const [right, left] = [at(data, 8), at(data, 4)]
    expect(right[0] - left[0]).toBeGreaterThan(0)
    expect(right[1] - left[1]).toBeCloseTo(0, 5)
    expect(right[2] - left[2]).toBeCloseTo(0, 5)
  })

  it('does not care where the camera stood', () => {
    const moved = { ...clip, data: clip.data.map((value, i) => value + (i % 3) - 4) }
    const [here, there] = [preNormalizeAgcn(clip).data, preNormalizeAgcn(moved).data]
    there.forEach((value, i) => {
      expect(value).toBeCloseTo(here[i], 4)
    })
  })

  it('leaves an empty clip empty', () => {
    const empty = { ...clip, data: new Float32Array(clip.data.length) }
    expect(preNormalizeAgcn(empty)).toEqual(empty)
  })

  it('is defined for three coordinates', () => {
    expect(() => preNormalizeAgcn({ ...clip, channels: 2, data: new Float32Array(400) })).toThrow(/3 coordinates/)
  })
})
