import { describe, expect, test } from 'vitest'
import { parameterValues, uniformValues } from '../../golden/fill.ts'
import { ReplayStream } from '../../golden/replay-stream.ts'

const draw = (call: string, args: unknown[], result: unknown) => ({ call, args, result })

describe('replayed draws', () => {
  test('come back in their order, whatever library they were drawn with', () => {
    const stream = new ReplayStream([
      draw('random.random', [], 0.25),
      draw('numpy.uniform', [-2, 2], 1.5),
      draw('random.randint', [0, 3], 3),
      draw('numpy.randint', [0, 3], 2),
      draw('numpy.randint', [1], 0),
      draw('numpy.normal', [0, 0.01], 0.02),
      draw('numpy.randn', [1, 2], [[0.5, -1.5]]),
      draw('random.choice', [['a', 'b']], 'b'),
      draw('random.sample', [[4, 5, 6], 2], [6, 4]),
      draw('torch.randperm', [3], [2, 0, 1]),
    ])
    expect(stream.unit()).toBe(0.25)
    expect(stream.uniform(-2, 2)).toBe(1.5)
    expect(stream.integer(0, 4)).toBe(3)
    expect(stream.integer(0, 3)).toBe(2)
    expect(stream.integer(0, 1)).toBe(0)
    expect(stream.normal(0, 0.01)).toBe(0.02)
    expect([stream.normal(), stream.normal()]).toEqual([0.5, -1.5])
    expect(stream.choice(['a', 'b'])).toBe('b')
    expect(stream.sample([4, 5, 6], 2)).toEqual([6, 4])
    expect(stream.fork('shuffle').shuffle(['x', 'y', 'z'])).toEqual(['z', 'x', 'y'])
    expect(stream.leftOver()).toBeUndefined()
  })

  test('an array draw is taken element by element or as a whole', () => {
    const stream = new ReplayStream([
      draw('numpy.uniform', [-1, 1], [[0.1], [0.2]]),
      draw('uniform', [0, 1], { uniform: 'u', shape: [2] }),
      draw('normal', [0, 1], { signal: 'n', shape: [2, 2] }),
    ])
    expect([stream.uniform(-1, 1), stream.uniform(-1, 1)]).toEqual([0.1, 0.2])
    expect([stream.uniform(0, 1), stream.unit()]).toEqual([...uniformValues('u', 2)])
    expect(stream.array().shape).toEqual([2, 2])
    expect(stream.leftOver()).toBeUndefined()
  })

  test('calls of training steps and calls described by a name', () => {
    const steps = new ReplayStream({ steps: [[draw('unit', [0, 1], 0.5)], [], [draw('unit', [0, 1], 0.25)]] })
    expect([steps.unit(), steps.unit()]).toEqual([0.5, 0.25])
    const named = new ReplayStream({ call: 'normal', rule: 'parameter', name: 'noise/{k}', count: 2, order: '' })
    expect(named.array([2, 3]).data).toEqual(parameterValues('noise/0', [2, 3]))
    expect(named.array([4]).data).toEqual(parameterValues('noise/1', [4]))
  })
})

describe('a call that was not recorded', () => {
  const stream = () => new ReplayStream([draw('random.randint', [0, 3], 3)])

  test('of another sort, with another range or after the end throws', () => {
    expect(() => stream().unit()).toThrow('unit(0,1) was drawn where draw 0 is random.randint(0, 3)')
    expect(() => stream().integer(0, 3)).toThrow('integer(0,3) was drawn where')
    expect(() => new ReplayStream([]).unit()).toThrow('after the last of 0')
    expect(() => new ReplayStream([draw('random.choice', [[1, 2]], 1)]).choice([5, 6])).toThrow('not among')
    expect(() => new ReplayStream([draw('torch.randperm', [2], [0, 1])]).shuffle([1, 2, 3])).toThrow('shuffle of 3')
  })

  test('draws that were not taken are named', () => {
    expect(stream().leftOver()).toBe('1 of 1 draws left over, the next is random.randint(0, 3)')
    const half = new ReplayStream([draw('numpy.uniform', [0, 2], [1, 1.5])])
    half.uniform(0, 2)
    expect(half.leftOver()).toContain('1 elements of it taken')
  })
})
