import { describe, expect, it } from 'vitest'
import { moveTowards } from '../../src/nn/index.ts'
import { add, read, scalar, trace } from '../../src/tensor/index.ts'
import { runSteps, variableOf } from '../tensor/run-state.ts'

describe('moveTowards', () => {
  it('keeps the momentum of itself and takes the rest from the other', async () => {
    const [key, query] = [variableOf('key', [1, 0]), variableOf('query', [0, 2])]
    const graph = trace({}, () => {
      moveTowards([key], [query], 0.75)
      return {}
    })
    await runSteps(graph, [key, query], 2)
    expect([...key.values]).toEqual([0.5625, 0.875])
    expect([...query.values]).toEqual([0, 2])
  })

  it('takes a momentum that the graph computes, and holds at once', async () => {
    const [key, query] = [variableOf('key', [4]), variableOf('query', [0])]
    const graph = trace({}, () => {
      moveTowards([key], [query], add(scalar(0.25), scalar(0.25)))
      return { moved: read(key) }
    })
    expect(await runSteps(graph, [key])).toEqual({ moved: [2] })
  })

  it('refuses variables of other shapes, and a momentum that is no share', () => {
    const [a, b] = [variableOf('a', [1, 2]), variableOf('b', [1])]
    const moved = (momentum: number, sources = [a]) =>
      trace({}, () => {
        moveTowards([a], sources, momentum)
        return {}
      })
    expect(() => moved(0.5, [b])).toThrow(/does not fit the network[\s\S]*a[\s\S]*\[1\][\s\S]*\[2\]/)
    expect(() => moved(0.5, [])).toThrow(/expected: 0 variables/)
    expect(() => moved(1.5)).toThrow(/from 0 to 1[\s\S]*1.5/)
  })
})
