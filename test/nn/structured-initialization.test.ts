import { describe, expect, it } from 'vitest'
import { dirac, eye, type Initializer, orthogonal, sparse } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { constant, convolution } from '../../src/tensor/index.ts'
import { randomFed, runGraph } from '../tensor/run-graph.ts'

function filled(initializer: Initializer, shape: readonly number[]): Float32Array {
  const values = new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(Number.NaN)
  initializer(values, shape, new CounterStream(1))
  return values
}

describe('eye', () => {
  it('is the identity, cut or filled up with zeros', () => {
    expect([...filled(eye, [2, 3])]).toEqual([1, 0, 0, 0, 1, 0])
    expect([...filled(eye, [3, 2])]).toEqual([1, 0, 0, 1, 0, 0])
  })
})

describe('dirac', () => {
  it.each([
    [[3, 3, 3], 1],
    [[4, 2, 3, 5], 2],
    [[2, 2, 1, 3, 3], 1],
  ])('as weight [%s] in %d groups passes the channels on', async (shape, groups) => {
    const kernel = shape.slice(2)
    const x = randomFed([2, shape[1] * groups, ...kernel.map((k) => k + 1)])
    const { y } = await runGraph({ x }, (t) => ({
      y: convolution(t.x, constant(filled(dirac(groups), shape), shape), undefined, {
        padding: [...kernel, ...kernel].map((k) => Math.floor(k / 2)),
        groups,
      }),
    }))
    expect(y).toEqual([...x.data])
  })

  it('leaves outputs beyond the inputs of their group zero', () => {
    const values = filled(dirac(2), [6, 2, 1])
    expect([...values]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0])
  })

  it('refuses groups that do not divide the outputs', () => {
    expect(() => filled(dirac(2), [3, 1, 1])).toThrow('do not divide its outputs')
  })
})

describe('orthogonal', () => {
  it.each([
    [[5, 5], 1],
    [[4, 9], 2],
    [[9, 4], 0.5],
    [[6, 2, 2, 3], 1],
    [[1, 7], 1],
  ])('gives [%s] orthogonal rows or columns of length %d', (shape, gain) => {
    const values = filled(orthogonal(gain), shape)
    const rows = shape[0]
    const columns = values.length / rows
    const vectors =
      rows < columns
        ? Array.from({ length: rows }, (_, i) => values.slice(i * columns, (i + 1) * columns))
        : Array.from({ length: columns }, (_, j) =>
            Float32Array.from({ length: rows }, (_, i) => values[i * columns + j]),
          )
    vectors.forEach((a, i) => {
      vectors.forEach((b, j) => {
        const dot = a.reduce((total, value, at) => total + value * b[at], 0)
        expect(Math.abs(dot - (i === j ? gain ** 2 : 0)), `${i} and ${j}`).toBeLessThan(1e-6 * gain ** 2)
      })
    })
  })

  it('prefers no direction: entries have mean 0 and variance 1 / length', () => {
    const values = filled(orthogonal(), [60, 60])
    const average = values.reduce((total, value) => total + value, 0) / values.length
    expect(Math.abs(average)).toBeLessThan(5 / 60 / Math.sqrt(60))
    const diagonal = Array.from({ length: 60 }, (_, i) => values[i * 61]).filter((value) => value > 0).length
    expect(Math.abs(diagonal - 30)).toBeLessThan(5 * Math.sqrt(15))
  })
})

describe('sparse', () => {
  it('has the rounded-up share of zeros in every column, the rest normal', () => {
    const [rows, columns] = [30, 40]
    const values = filled(sparse(0.15, 0.5), [rows, columns])
    for (let column = 0; column < columns; column++) {
      const zeros = Array.from({ length: rows }, (_, row) => values[row * columns + column]).filter((v) => v === 0)
      expect(zeros.length).toBe(5)
    }
    const rest = [...values].filter((value) => value !== 0)
    const deviation = Math.sqrt(rest.reduce((total, value) => total + value ** 2, 0) / rest.length)
    expect(Math.abs(deviation / 0.5 - 1)).toBeLessThan(5 / Math.sqrt(2 * rest.length))
  })
})

describe('structured initialisation', () => {
  it('refuses parameters of other ranks', () => {
    expect(() => filled(eye, [2, 2, 2])).toThrow('2 axes')
    expect(() => filled(dirac(), [2, 2])).toThrow('3 or more axes, at most 5')
    expect(() => filled(orthogonal(), [4])).toThrow('2 or more axes')
    expect(() => filled(sparse(0.5), [4])).toThrow('2 axes')
  })
})
