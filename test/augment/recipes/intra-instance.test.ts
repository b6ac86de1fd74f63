import { describe, expect, it } from 'vitest'
import { intraInstance } from '../../../src/augment/recipes/intra-instance.ts'
import { timedFrames } from '../../../src/augment/time/timed-frames.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { nturgbD } from '../../../src/skeleton/layouts/index.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const recorded = randomPoints({ persons: 2, frames: 10, joints: 25, channels: 3 })
const clip = timedFrames(recorded, [...Array(10).keys()], 10)
const augmented = (methods: string, seed: number, people = 2) =>
  intraInstance(clip, nturgbD, methods, people, new CounterStream(seed))
const half = recorded.data.length / 2
const [first, second] = [recorded.data.subarray(0, half), recorded.data.subarray(half)]

/** The different results of some seeds. */
const results = (methods: string, people?: number) => {
  const all = Array.from({ length: 12 }, (_, seed) => Array.from(augmented(methods, seed, people).points.data))
  return all.filter((one, i) => all.findIndex((other) => String(other) === String(one)) === i)
}

describe('intra-instance augmentation', () => {
  it('does not care for the order in which its steps are named', () => {
    for (let seed = 0; seed < 8; seed++) {
      const [one, other] = ['a123489', '9843a21'].map((methods) => augmented(methods, seed).points.data)
      expect(one.every((value, i) => Object.is(value, other[i]))).toBe(true)
    }
  })

  it('draws nothing for steps that are not named', () => {
    const stream = new CounterStream(1)
    expect(intraInstance(clip, nturgbD, '', 2, stream)).toBe(clip)
    expect(stream.position).toBe(0)
  })

  it('lets two persons change places (a)', () => {
    expect(results('a')).toEqual(
      expect.arrayContaining([
        [...first, ...second],
        [...second, ...first],
      ]),
    )
  })

  it('removes the first of two persons, never the only one (b)', () => {
    expect(results('b')).toEqual(expect.arrayContaining([[...recorded.data], [...first.map(() => 0), ...second]]))
    expect(results('b', 1)).toEqual([[...recorded.data]])
  })

  it('reverses the places with the frames (5)', () => {
    const ends = Array.from({ length: 12 }, (_, seed) => {
      const { points, index } = augmented('5', seed)
      return [points.data[0] === recorded.data[0], index[0]]
    })
    expect(ends).toEqual(
      expect.arrayContaining([
        [true, -1],
        [false, 1],
      ]),
    )
  })

  it('has no other steps', () => {
    expect(() => augmented('12x', 1)).toThrow(/'x' in '12x'/)
  })
})
