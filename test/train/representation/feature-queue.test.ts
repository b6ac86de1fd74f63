import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { constant, read, trace } from '../../../src/tensor/index.ts'
import { enqueue, featureQueue, queueLogits, queuePointer } from '../../../src/train/representation/feature-queue.ts'
import { runSteps } from '../../tensor/run-state.ts'

const matrix = (shape: [number, number], values: number[]) => constant(Float32Array.from(values), shape)

function smallQueue() {
  const queue = featureQueue(2, 6, new CounterStream(1))
  const pointer = queuePointer()
  queue.name = 'queue'
  pointer.name = 'queue_ptr'
  queue.values.set([1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6])
  return { queue, pointer }
}

describe('memory queue', () => {
  it('begins with columns of length 1 in every direction', () => {
    const { values } = featureQueue(3, 4, new CounterStream(7))
    for (let column = 0; column < 4; column++)
      expect(Math.hypot(values[column], values[4 + column], values[8 + column])).toBeCloseTo(1, 6)
    expect(new Set(values).size).toBe(12)
  })

  it('takes a batch as columns at the pointer and goes round', async () => {
    const { queue, pointer } = smallQueue()
    const keys = matrix([2, 2], [10, 20, 11, 21])
    const graph = trace({}, () => {
      enqueue(pointer, [{ queue, keys }])
      return {}
    })
    await runSteps(graph, [queue, pointer], 2)
    expect([...queue.values]).toEqual([10, 11, 10, 11, 5, 6, 20, 21, 20, 21, -5, -6])
    expect([...pointer.values]).toEqual([4])
    await runSteps(graph, [queue, pointer], 1)
    expect([...queue.values]).toEqual([10, 11, 10, 11, 10, 11, 20, 21, 20, 21, 20, 21])
    expect([...pointer.values]).toEqual([0])
  })

  it('contrasts with the columns before the batch came, the key first', async () => {
    const { queue, pointer } = smallQueue()
    const queries = matrix([1, 2], [1, 2])
    const keys = matrix([1, 2], [3, 4])
    const graph = trace({}, () => {
      const logits = queueLogits(queries, keys, queue, 0.5)
      enqueue(pointer, [{ queue, keys }])
      return { logits, after: read(queue) }
    })
    const { logits, after } = await runSteps(graph, [queue, pointer])
    expect(logits).toEqual([22, -2, -4, -6, -8, -10, -12])
    expect(after.slice(0, 2)).toEqual([3, 2])
  })

  it('fills several queues in step', async () => {
    const first = smallQueue()
    const second = smallQueue()
    second.queue.name = 'other'
    const graph = trace({}, () => {
      enqueue(first.pointer, [
        { queue: first.queue, keys: matrix([1, 2], [7, 8]) },
        { queue: second.queue, keys: matrix([1, 2], [9, 0]) },
      ])
      return {}
    })
    await runSteps(graph, [first.queue, second.queue, first.pointer], 2)
    expect([...first.queue.values.slice(0, 3)]).toEqual([7, 7, 3])
    expect([...second.queue.values.slice(0, 3)]).toEqual([9, 9, 3])
    expect([...first.pointer.values]).toEqual([2])
  })

  it('refuses batches that it does not hold a whole number of', () => {
    const { queue, pointer } = smallQueue()
    const keys = matrix([4, 2], [1, 2, 3, 4, 5, 6, 7, 8])
    expect(() => enqueue(pointer, [{ queue, keys }])).toThrow('a multiple of 4 columns')
  })

  it('refuses keys of another dimension', () => {
    const { queue, pointer } = smallQueue()
    const keys = matrix([2, 3], [1, 2, 3, 4, 5, 6])
    expect(() => enqueue(pointer, [{ queue, keys }])).toThrow('keys (2, 2)')
  })
})
