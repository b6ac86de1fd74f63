import { describe, expect, it } from 'vitest'
import { eachPerson, personMotion, takePersons, topPersons, topPersonsPerFrame } from '../../src/skeleton/persons.ts'
import type { Points } from '../../src/skeleton/points.ts'
import { randomPoints } from './random-points.ts'

/** Three persons of one joint over two frames: at rest, far moving, a little moving. */
const points: Points = {
  ...{ persons: 3, frames: 2, joints: 1, channels: 2 },
  data: Float32Array.of(5, 5, 5, 5, 0, 1, 8, 1, 1, 1, 2, 2),
}
const score = Float32Array.of(0.9, 0.9, 0.1, 0.8, 0.5, 0.5)

describe('personMotion', () => {
  it('sums the variances of the axes', () => {
    expect([0, 1, 2].map((person) => personMotion(points, person))).toEqual([0, 16, 0.5])
  })

  it('leaves out frames in which the person is missing', () => {
    const data = Float32Array.of(1, 1, 0, 0, 3, 1)
    expect(personMotion({ persons: 1, frames: 3, joints: 1, channels: 2, data }, 0)).toBe(1)
    const nobody = { persons: 1, frames: 1, joints: 1, channels: 2, data: new Float32Array(2) }
    expect(personMotion(nobody, 0)).toBe(0)
  })

  it('does not depend on where the person stands', () => {
    const clip = randomPoints({ persons: 1, frames: 4, joints: 5, channels: 3 })
    const moved = { ...clip, data: clip.data.map((value) => value + 4) }
    expect(personMotion(moved, 0)).toBeCloseTo(personMotion(clip, 0), 5)
  })
})

describe('topPersons', () => {
  it.each([
    ['motion', [0, 1, 8, 1, 1, 1, 2, 2]],
    ['score', [5, 5, 5, 5, 1, 1, 2, 2]],
    ['given', [5, 5, 5, 5, 0, 1, 8, 1]],
  ] as const)('by %s', (order, expected) => {
    const top = topPersons({ points, score }, 2, order)
    expect(Array.from(top.points.data)).toEqual(expected)
    expect(top.points.persons).toBe(2)
    expect(top.score).toHaveLength(4)
  })

  it('keeps all persons where there are fewer', () => {
    expect(topPersons({ points }, 5, 'given').points).toEqual(points)
  })

  it('needs scores to order by them', () => {
    expect(() => topPersons({ points }, 2, 'score')).toThrow(/6 scores/)
    expect(() => topPersons({ points, score: Float32Array.of(1) }, 2, 'score')).toThrow(/1 scores/)
  })
})

it('topPersonsPerFrame ranks the persons of each frame anew', () => {
  const best = topPersonsPerFrame({ points, score }, 1)
  expect(Array.from(best.points.data)).toEqual([5, 5, 5, 5])
  const lower = Float32Array.of(0.9, 0.2, 0.1, 0.8, 0.5, 0.5)
  const changing = topPersonsPerFrame({ points, score: lower }, 2)
  expect(Array.from(changing.points.data)).toEqual([5, 5, 8, 1, 1, 1, 2, 2])
  expect(Array.from(changing.score ?? [])).toEqual([0.9, 0.8, 0.5, 0.5].map(Math.fround))
})

it('eachPerson gives one clip per person and leaves out absent ones', () => {
  const data = Float32Array.from(points.data)
  data.fill(0, 0, 4)
  const clips = eachPerson({ points: { ...points, data }, score })
  expect(clips).toEqual([takePersons({ points, score }, [1]), takePersons({ points, score }, [2])])
})
