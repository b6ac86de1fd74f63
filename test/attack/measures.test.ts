import { describe, expect, it } from 'vitest'
import { attackedDataset } from '../../src/attack/attacked-dataset.ts'
import { atEqualAcceleration } from '../../src/attack/equal-acceleration.ts'
import { foolingRate } from '../../src/attack/fooling-rate.ts'
import { perceptualDeviation } from '../../src/attack/perceptual-deviation.ts'
import { randomDisplacement } from '../../src/attack/random-displacement.ts'
import { datasetOf } from '../../src/data/dataset.ts'
import type { Scores } from '../../src/evaluate/scores/scores.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { defineLayout } from '../../src/skeleton/layout.ts'
import type { Points } from '../../src/skeleton/points.ts'

/** Two joints, the second hangs on the first. */
const bone = defineLayout({ name: 'bone', dimensions: 3, joints: ['root', 'tip'], centre: 0, inward: [[1, 0]] })

/** A clip of one person whose joints are given frame by frame. */
function clip(...frames: readonly (readonly [number, number, number])[][]): Points {
  return { data: Float32Array.from(frames.flat(2)), persons: 1, frames: frames.length, joints: 2, channels: 3 }
}

const still = clip(
  ...Array.from(
    { length: 4 },
    () =>
      [
        [0, 0, 0],
        [0, 1, 0],
      ] as [number, number, number][],
  ),
)

describe('perceptual deviation', () => {
  it('of a shift is one of position only', () => {
    const shifted = { ...still, data: still.data.map((value, i) => value + (i % 3 === 0 ? 3 : i % 3 === 1 ? 4 : 0)) }
    const found = perceptualDeviation([still], [shifted], bone)
    // Both joints by 5, in each of four frames.
    expect(found.position).toBeCloseTo(Math.SQRT2 * 5, 6)
    expect(found.boneLength).toBeCloseTo(0, 6)
    expect(found.acceleration).toBe(0)
    expect(found.l2).toBeCloseTo(Math.sqrt(8) * 5, 6)
    expect(found.lInfinity).toBe(4)
  })

  it('sees bones that grow', () => {
    const grown = { ...still, data: still.data.map((value) => 1.5 * value) }
    const found = perceptualDeviation([still, still], [grown, still], bone)
    expect(found.boneLength).toBeCloseTo(0.5 / 2, 6)
    expect(found.position).toBeCloseTo(0.5 / 2, 6)
  })

  it('sees a jerk in one frame of one joint', () => {
    const data = still.data.slice()
    data[2 * 6 + 5] = 2
    // Second differences of 2 and -4 at the frames with neighbours, 1 and 2, over two joints and two such frames.
    expect(perceptualDeviation([still], [{ ...still, data }], bone).acceleration).toBeCloseTo((2 + 4) / 4, 6)
  })

  it('refuses other clips', () => {
    const shorter = clip([
      [0, 0, 0],
      [0, 1, 0],
    ])
    expect(() => perceptualDeviation([still], [shorter], bone)).toThrow('clip 0')
    expect(() => perceptualDeviation([], [], bone)).toThrow('1 or more')
  })
})

describe('random displacement', () => {
  it('is as large as the attack at every coordinate, to both sides', () => {
    const attacked = { ...still, data: still.data.map((value, i) => value + (i % 4 === 0 ? 0 : 0.25)) }
    const { data } = randomDisplacement(still, attacked, new CounterStream(2))
    const moves = Array.from(data, (value, i) => value - still.data[i])
    expect(moves.map(Math.abs)).toEqual(Array.from(attacked.data, (value, i) => value - still.data[i]))
    expect(new Set(moves)).toEqual(new Set([0, 0.25, -0.25]))
  })
})

describe('an attack at equal acceleration', () => {
  const attack = (name: string, ...heights: readonly number[]) => {
    const data = still.data.slice()
    heights.forEach((height, frame) => {
      data[frame * 6 + 5] += height
    })
    return { name, description: '', clips: [{ ...still, data }], objective: [] }
  }
  const [jerk, gentle] = [attack('jerk', 0, 0, 2, 0), attack('gentle', 1, 1, 1.5, 1)]

  it('has all displacements smaller by the same factor', () => {
    // Second differences of 2 and -4 against 0.5 and -1.
    const smooth = atEqualAcceleration(jerk, gentle, [still], bone)!
    expect(smooth.name).toBe('jerk, as smooth')
    expect(smooth.description).toContain('0.25 times')
    expect(smooth.clips).toEqual(attack('', 0, 0, 0.5, 0).clips)
  })

  it('is nothing of its own where the attack is the smoother one', () => {
    expect(atEqualAcceleration(gentle, jerk, [still], bone)).toBeUndefined()
    expect(atEqualAcceleration(jerk, jerk, [still], bone)).toBeUndefined()
  })
})

describe('fooling rate', () => {
  const scores = (...rows: readonly number[][]): Scores => ({
    data: Float64Array.from(rows.flat()),
    samples: rows.length,
    classes: 2,
  })

  it('is the share of clips with another prediction', () => {
    const clean = scores([1, 0], [0.4, 0.6], [0.9, 0.1], [0, 1])
    expect(foolingRate(clean, scores([0.6, 0.4], [1, 0], [0, 1], [0.3, 0.7]))).toBe(0.5)
    expect(foolingRate(clean, clean)).toBe(0)
  })

  it('refuses scores of other clips', () => {
    expect(() => foolingRate(scores([1, 0]), scores([1, 0], [0, 1]))).toThrow('the same clips')
  })
})

describe('a data set under attack', () => {
  const clips = ['a', 'b'].map((id) => ({ id, label: 0, layout: 'bone', points: still, meta: {} }))
  const dataset = datasetOf('two', ['class'], clips)

  it('has the other points of the clips that were attacked, and the rest as recorded', () => {
    const moved = { ...still, data: still.data.map((value) => value + 1) }
    const changed = attackedDataset(dataset, new Map([[1, moved]]))
    expect(changed.clip(0)).toEqual(dataset.clip(0))
    expect(changed.clip(1)).toEqual({ ...dataset.clip(1), points: moved })
    changed.clip(1).points.data.fill(0)
    expect(changed.clip(1).points).toEqual(moved)
  })
})
