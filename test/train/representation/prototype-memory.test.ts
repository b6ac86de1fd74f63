import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { constant, gradients, read, sum, trace } from '../../../src/tensor/index.ts'
import { movePrototypes, prototypeMemory } from '../../../src/train/representation/prototype-memory.ts'
import { runSteps } from '../../tensor/run-state.ts'

const matrix = (shape: [number, number], values: number[]) => constant(Float32Array.from(values), shape)

/** Two numbers for each of three classes. */
function smallMemory() {
  const memory = prototypeMemory(2, 3, new CounterStream(1))
  memory.name = 'memory'
  memory.values.set([1, 2, 3, 10, 20, 30])
  return memory
}

/** Samples 0 and 1 are of class 0, sample 2 of class 2, sample 3 of none. */
const features = () => matrix([4, 2], [2, 4, 4, 8, 7, 70, 100, 100])
const members = () => matrix([4, 3], [1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0])

describe('prototype memory', () => {
  it('begins with a number of its own in every place', () => {
    const { values, shape } = prototypeMemory(4, 5, new CounterStream(3))
    expect(shape).toEqual([4, 5])
    expect(new Set(values).size).toBe(20)
  })

  it('moves towards the mean of the members, where a class has some', async () => {
    const memory = smallMemory()
    const graph = trace({}, () => ({ moved: movePrototypes(memory, features(), members(), 0.75) }))
    const { moved } = await runSteps(graph, [memory])
    expect(moved).toEqual([1.5, 2, 4, 9, 20, 40])
    expect([...memory.values]).toEqual(moved)
  })

  it('goes on from where it was left, within a step and in the next', async () => {
    const memory = smallMemory()
    const graph = trace({}, () => {
      movePrototypes(memory, features(), members(), 0.5)
      movePrototypes(memory, features(), members(), 0.5)
      return { after: read(memory) }
    })
    const { after } = await runSteps(graph, [memory], 2)
    // Four halvings of the distance from (1, 10) to (3, 6) and from (3, 30) to (7, 70).
    expect(after).toEqual([2.875, 2, 6.75, 6.25, 20, 67.5])
  })

  it('passes the gradient to the members of this step only', async () => {
    const memory = smallMemory()
    const graph = trace({}, () => {
      const [earlier, now] = [features(), features()]
      movePrototypes(memory, earlier, members(), 0.5)
      const loss = sum(movePrototypes(memory, now, members(), 0.5))
      const [ofEarlier, ofNow] = gradients(loss, [earlier, now])
      return { ofNow: ofNow!, reached: constant(Float32Array.of(ofEarlier ? 1 : 0), [1]) }
    })
    const { ofNow, reached } = await runSteps(graph, [memory])
    // Half of the share 1 / members, for both numbers of a sample.
    expect(ofNow).toEqual([0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0, 0])
    expect(reached).toEqual([0])
  })

  it('refuses features and members that do not fit', () => {
    const memory = smallMemory()
    const wrong = (f: [number, number], m: [number, number]) =>
      trace({}, () => ({
        moved: movePrototypes(
          memory,
          matrix(f, Array(f[0] * f[1]).fill(0)),
          matrix(m, Array(m[0] * m[1]).fill(0)),
          0.9,
        ),
      }))
    expect(() => wrong([4, 3], [4, 3])).toThrow('movePrototypes')
    expect(() => wrong([4, 2], [3, 3])).toThrow('movePrototypes')
  })
})
