import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { centred, mix, referenceWords } from './random-reference.ts'

// The words of a graph are those of the reference (random.test.ts); here, whether they are random.

/** Distance of a chi-square statistic from its mean, in standard deviations. */
function chiSquare(counts: Float64Array): number {
  const total = counts.reduce((sum, n) => sum + n, 0)
  const expected = total / counts.length
  const statistic = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
  return (statistic - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1))
}

function histogram(bins: number, count: number, bin: (i: number) => number): Float64Array {
  const counts = new Float64Array(bins)
  for (let i = 0; i < count; i++) counts[bin(i)]++
  return counts
}

const upperBits = (word: number) => word >>> 26

/** Bytes of a 24-bit number in [-2^23, 2^23). */
const byteOf = (number: number, byte: number) => ((number + 2 ** 23) >>> (8 * byte)) & 255

describe('the hash of words', () => {
  const stream = new CounterStream('hash')
  const trials = 4000

  it.each(Array.from({ length: 32 }, (_, bit) => bit))('changes every bit with even odds for bit %i', (bit) => {
    const changes = new Float64Array(32)
    for (let i = 0; i < trials; i++) {
      const x = stream.word() | 0
      const changed = mix(x) ^ mix(x ^ (1 << bit))
      for (let j = 0; j < 32; j++) changes[j] += (changed >>> j) & 1
    }
    // 1024 pairs of bits in all: one of them above 4.5 standard deviations in 150 such tests.
    for (const n of changes) expect(Math.abs(n - trials / 2) / Math.sqrt(trials / 4)).toBeLessThan(4.5)
  })

  it('is even over neighbouring indices', () => {
    const count = 2 ** 15
    for (const shift of [0, 8, 16, 24]) {
      const bytes = histogram(256, count, (i) => (mix(Math.imul(i, 0x9e3779b1)) >>> shift) & 255)
      expect(Math.abs(chiSquare(bytes))).toBeLessThan(4)
    }
  })
})

const grids: [number, number][] = [
  [256, 256],
  [8, 8192],
  [8192, 8],
  [1, 2 ** 16],
]

describe.each(grids)('words of a grid of %i rows and %i columns', (rows, columns) => {
  const count = rows * columns
  const words = referenceWords('quality', 0, 0, rows, columns)

  it('have even upper bits, and every byte of the numbers made of them is even', () => {
    expect(Math.abs(chiSquare(histogram(2 ** 8, count, (i) => words[i] >>> 24)))).toBeLessThan(4)
    for (const byte of [0, 1, 2]) {
      expect(Math.abs(chiSquare(histogram(256, count, (i) => byteOf(centred(words[i]), byte))))).toBeLessThan(4)
    }
  })

  it.each([
    ['neighbours along a row', 1],
    ['neighbours along a column', columns],
    ['neighbours across', columns + 1],
  ])('%s are independent', (_, distance) => {
    const pairs = count - distance
    if (pairs < count / 2) return
    const joint = histogram(2 ** 12, pairs, (i) => (upperBits(words[i]) << 6) | upperBits(words[i + distance]))
    expect(Math.abs(chiSquare(joint))).toBeLessThan(4)
  })

  it.each([
    ['the next step', 'quality', 1, 0],
    ['another stream of the step', 'quality', 0, 1],
    ['another seed', 'qualitz', 0, 0],
  ])('are independent of those of %s', (_, seed, step, stream) => {
    const others = referenceWords(seed, step, stream, rows, columns)
    const joint = histogram(2 ** 12, count, (i) => (upperBits(words[i]) << 6) | upperBits(others[i]))
    expect(Math.abs(chiSquare(joint))).toBeLessThan(4)
  })
})

describe('words of rows and columns', () => {
  const side = 128
  const words = referenceWords('grid', 0, 0, side, side)
  const upperBit = (row: number, column: number) => words[row * side + column] >>> 31

  /** Agreements of two runs of fair bits, in standard deviations from half of them. */
  const agreement = (bit: (line: number, i: number) => number, first: number, second: number) => {
    let equal = 0
    for (let i = 0; i < side; i++) if (bit(first, i) === bit(second, i)) equal++
    return (equal - side / 2) / Math.sqrt(side / 4)
  }

  it.each([
    ['rows', upperBit],
    ['columns', (column: number, row: number) => upperBit(row, column)],
  ])('no two %s agree or differ too often', (_, bit) => {
    let squares = 0
    let largest = 0
    for (let a = 0; a < side; a++) {
      for (let b = a + 1; b < side; b++) {
        const deviation = agreement(bit, a, b)
        squares += deviation ** 2
        largest = Math.max(largest, Math.abs(deviation))
      }
    }
    // 8128 pairs: squares of mean 1, and one deviation above 5.5 in 3000 such grids.
    expect(squares / ((side * (side - 1)) / 2)).toBeCloseTo(1, 1)
    expect(largest).toBeLessThan(5.5)
  })

  it('the four corners of a rectangle are independent', () => {
    for (const [high, wide] of [
      [1, 1],
      [1, 64],
      [64, 2],
    ]) {
      let odd = 0
      let count = 0
      for (let r = 0; r + high < side; r++) {
        for (let c = 0; c + wide < side; c++) {
          odd += upperBit(r, c) ^ upperBit(r, c + wide) ^ upperBit(r + high, c) ^ upperBit(r + high, c + wide)
          count++
        }
      }
      expect(Math.abs(odd - count / 2) / Math.sqrt(count / 4)).toBeLessThan(4)
    }
  })
})

describe('the first word of many steps, streams and seeds', () => {
  const count = 2 ** 12
  it.each([
    ['steps', (i: number) => referenceWords(0, i, 0, 1, 1)[0]],
    ['streams', (i: number) => referenceWords(0, 0, i, 1, 1)[0]],
    ['seeds', (i: number) => referenceWords(i, 0, 0, 1, 1)[0]],
  ])('%s', (_, wordOf) => {
    const words = Int32Array.from({ length: count }, (_, i) => wordOf(i))
    expect(Math.abs(chiSquare(histogram(64, count, (i) => upperBits(words[i]))))).toBeLessThan(4)
    const joint = histogram(2 ** 8, count - 1, (i) => ((words[i] >>> 28) << 4) | (words[i + 1] >>> 28))
    expect(Math.abs(chiSquare(joint))).toBeLessThan(4)
  })
})
