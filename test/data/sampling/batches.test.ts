import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchesInOrder, epochBatches } from '../../../src/data/sampling/batches.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

const indices = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 })
const size = fc.integer({ min: 1, max: 20 })
const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)

describe('batchesInOrder', () => {
  it('drops the clips that do not fill a batch', () => {
    expect(batchesInOrder([5, 6, 7, 8, 9], { size: 2, last: 'drop' })).toEqual([
      { indices: [5, 6], repeated: 0 },
      { indices: [7, 8], repeated: 0 },
    ])
  })

  it('fills the last batch from the beginning, several times around if need be', () => {
    expect(batchesInOrder([5, 6, 7], { size: 2, last: 'wrap' })).toEqual([
      { indices: [5, 6], repeated: 0 },
      { indices: [7, 5], repeated: 1 },
    ])
    expect(batchesInOrder([5, 6], { size: 5, last: 'wrap' })).toEqual([{ indices: [5, 6, 5, 6, 5], repeated: 3 }])
  })

  it('always makes batches of the same size, and wrapping leaves nobody out', () => {
    fc.assert(
      fc.property(indices, size, (indices, size) => {
        const batches = batchesInOrder(indices, { size, last: 'wrap' })
        expect(batches.every((batch) => batch.indices.length === size)).toBe(true)
        expect(batches.flatMap((batch) => batch.indices.slice(0, size - batch.repeated))).toEqual(indices)
      }),
    )
  })

  it('refuses what cannot be cut', () => {
    expect(() => batchesInOrder([], { size: 2, last: 'wrap' })).toThrow(/no clips/)
    expect(() => batchesInOrder([1], { size: 2, last: 'drop' })).toThrow(/at least 2 clips/)
    for (const size of [0, -1, 1.5, Number.NaN])
      expect(() => batchesInOrder([1], { size, last: 'wrap' })).toThrow(/from 1/)
  })
})

describe('epochBatches', () => {
  const options = { size: 4, last: 'wrap' } as const

  it('shows every clip once per epoch', () => {
    fc.assert(
      fc.property(indices, size, fc.nat(), (indices, size, epoch) => {
        const batches = epochBatches(indices, epoch, new CounterStream(7), { size, last: 'wrap' })
        const seen = batches.flatMap((batch) => batch.indices.slice(0, size - batch.repeated))
        expect(sorted(seen)).toEqual(sorted(indices))
      }),
    )
  })

  it('is a function of seed and epoch, whatever was drawn before', () => {
    const clips = Array.from({ length: 50 }, (_, i) => i)
    const plan = (seed: number, epoch: number, drawn = 0) => {
      const stream = new CounterStream(seed)
      for (let i = 0; i < drawn; i++) stream.unit()
      return epochBatches(clips, epoch, stream, options)
    }
    expect(plan(1, 3, 100)).toEqual(plan(1, 3))
    expect(plan(1, 4)).not.toEqual(plan(1, 3))
    expect(plan(2, 3)).not.toEqual(plan(1, 3))
  })

  it('leaves the list as it was', () => {
    const clips = Object.freeze([3, 1, 2])
    expect(() => epochBatches(clips, 0, new CounterStream(1), options)).not.toThrow()
    expect(clips).toEqual([3, 1, 2])
  })
})
