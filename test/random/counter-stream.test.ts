import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { type Block, type Key, philox4x32 } from '../../src/random/philox.ts'

describe('Philox4x32-10', () => {
  // Known answers of the Random123 library (kat_vectors).
  const known: [Block, Key, Block][] = [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ]
  it.each(known)('gives the published answer for counter %j and key %j', (counter, key, answer) => {
    expect(philox4x32(counter, key)).toEqual(answer)
  })

  it('is what the stream draws from, word by word', () => {
    const stream = new CounterStream([0, 0])
    expect([1, 2, 3, 4].map(() => stream.word())).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
  })
})

describe('CounterStream', () => {
  const take = (stream: CounterStream) => Array.from({ length: 8 }, () => stream.unit())

  it('repeats from the same seed, of every kind', () => {
    for (const seed of [0, 17, -3, 12345678901234567890n, 'a run']) {
      expect(take(new CounterStream(seed))).toEqual(take(new CounterStream(seed)))
    }
  })

  it('differs between seeds, and between a number and its text', () => {
    const firsts = [0, 1, 2 ** 32, 2 ** 32 + 1, '0', '1', 'a', 'b'].map((seed) => new CounterStream(seed).unit())
    expect(new Set(firsts).size).toBe(firsts.length)
  })

  it('goes on from a saved position after any calls', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('unit', 'normal', 'integer', 'sample')), (calls) => {
        const stream = new CounterStream('saved')
        for (const call of calls) {
          if (call === 'unit') stream.unit()
          else if (call === 'normal') stream.normal()
          else if (call === 'integer') stream.integer(0, 7)
          else stream.sample([1, 2, 3], 2)
        }
        const resumed = new CounterStream('saved', stream.position)
        expect(take(resumed)).toEqual(take(stream))
      }),
    )
  })

  it('forks by labels, whatever was drawn before', () => {
    const parent = new CounterStream(5)
    const before = take(parent.fork('epoch', 1))
    parent.unit()
    expect(take(parent.fork('epoch', 1))).toEqual(before)
    const others = [parent.fork('epoch', 2), parent.fork(1, 'epoch'), parent.fork('epoch1'), parent.fork('epoch', '1')]
    for (const other of others) expect(take(other)).not.toEqual(before)
  })

  it('draws integers of the whole range and none outside', () => {
    const stream = new CounterStream(1)
    const counts = new Map<number, number>()
    for (let i = 0; i < 7000; i++) {
      const value = stream.integer(-3, 4)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3])
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
    expect(stream.integer(4, 5)).toBe(4)
    expect(() => stream.integer(3, 3)).toThrow(RangeError)
  })

  it('has the moments of the uniform and the normal distribution', () => {
    const stream = new CounterStream(2)
    const moments = (draw: () => number) => {
      const values = Array.from({ length: 20000 }, draw)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length }
    }
    const uniform = moments(() => stream.unit())
    expect(uniform.mean).toBeCloseTo(0.5, 1.7)
    expect(uniform.variance).toBeCloseTo(1 / 12, 2)
    const normal = moments(() => stream.normal(3, 2))
    expect(Math.abs(normal.mean - 3)).toBeLessThan(0.06)
    expect(Math.abs(normal.variance - 4)).toBeLessThan(0.16)
  })

  it('samples distinct items and shuffles without loss', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(30), fc.nat(30), (seed, size, wanted) => {
        const stream = new CounterStream(seed)
        const pool = Array.from({ length: size }, (_, i) => i)
        const count = Math.min(wanted, size)
        const drawn = stream.sample(pool, count)
        expect(new Set(drawn).size).toBe(count)
        expect(drawn.every((item) => pool.includes(item))).toBe(true)
        expect(stream.shuffle([...pool]).sort((a, b) => a - b)).toEqual(pool)
      }),
    )
  })

  it('samples as a Fisher-Yates shuffle from the front does', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(30), fc.nat(30), (seed, bound, wanted) => {
        const count = Math.min(wanted, bound)
        const draws = new CounterStream(seed)
        const items = Array.from({ length: bound }, (_, i) => i)
        for (let i = 0; i < count; i++) {
          const j = draws.integer(i, bound)
          ;[items[i], items[j]] = [items[j], items[i]]
        }
        const stream = new CounterStream(seed)
        expect(stream.sampleBelow(bound, count)).toEqual(items.slice(0, count))
        expect(stream.unit()).toBe(draws.unit())
      }),
    )
    expect(() => new CounterStream(1).sampleBelow(3, 4)).toThrow(RangeError)
  })
})
