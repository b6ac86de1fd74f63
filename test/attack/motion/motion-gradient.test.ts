import { describe, expect, it } from 'vitest'
import { motionCoefficients } from '../../../src/attack/motion/motion-coefficients.ts'
import { motionInformedGradient } from '../../../src/attack/motion/motion-gradient.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { constant } from '../../../src/tensor/index.ts'
import { runGraph } from '../../tensor/run-graph.ts'

const clip = (values: readonly number[]): Points => ({
  data: Float32Array.from(values),
  persons: 1,
  frames: values.length,
  joints: 1,
  channels: 1,
})

describe('motion coefficients', () => {
  it('are the powers of the ratio of a geometric series, up to the last frames', () => {
    const { first, second } = motionCoefficients(clip(Array.from({ length: 12 }, (_, t) => 0.9 ** t)))
    // One lag explains all, the second is left out: the lag of order 1 in front, and no chain of two frames.
    expect(first.data[0]).toBeCloseTo(0.9, 4)
    expect(first.data[11]).toBe(0)
    expect(second.data.every((value) => value === 0)).toBe(true)
  })

  it('are repeated end to end', () => {
    const values = Array.from({ length: 9 }, (_, t) => Math.sin(t) + t / 5)
    const own = motionCoefficients(clip(values))
    const long = motionCoefficients(clip(values), 20)
    expect(Array.from(long.first.data)).toEqual(Array.from({ length: 20 }, (_, t) => own.first.data[t % 9]))
    expect(long.second.frames).toBe(20)
  })

  it('are 0 for clips too short for a fit', () => {
    for (const values of [[1], [1, 2], [1, 2, 4]]) {
      const { first, second } = motionCoefficients(clip(values))
      expect([...first.data, ...second.data].every(Number.isFinite)).toBe(true)
    }
  })

  it('do not fit into fewer frames', () => {
    expect(() => motionCoefficients(clip([1, 2, 3, 4]), 3)).toThrow('4 frames or more')
  })
})

describe('motion-informed gradient', () => {
  const tensor = (...values: number[]) => constant(Float32Array.from(values), [1, 1, values.length, 1, 1])
  const gradient = tensor(1, 2, 3, 4)
  const first = tensor(10, 20, 30, 40)
  const second = tensor(100, 200, 300, 400)
  const informed = async (terms: Parameters<typeof motionInformedGradient>[1]) =>
    Array.from((await runGraph({}, () => ({ y: motionInformedGradient(gradient, terms) }))).y)

  it('adds what a frame does to the next two', async () => {
    expect(await informed({ first })).toEqual([1 + 20, 2 + 60, 3 + 120, 4])
    expect(await informed({ first, second })).toEqual([21 + 300, 62 + 800, 123, 4])
  })

  it('is the gradient itself without coefficients', async () => {
    expect(await informed({})).toEqual([1, 2, 3, 4])
  })
})
