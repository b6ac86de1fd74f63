import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { coverJoints, maskedView, restyledView } from '../../../src/systems/hiclr/strong-view.ts'
import { gradients, sum, Variable } from '../../../src/tensor/index.ts'
import { compileGraph, fed, randomFed } from '../../tensor/run-graph.ts'

describe('covered joints', () => {
  it('take the learned number, which gets the gradient of every place it stands at', async () => {
    const x = randomFed([2, 1, 2, 3, 2])
    const mask = [1, 0, 1, 1, 1, 0]
    const graph = await compileGraph({ x, mask: fed([2, 3], mask), value: fed([1], [0.5]) }, (t) => {
      const covered = coverJoints(t.x, t.mask, t.value)
      const [toValue] = gradients(sum(covered), [t.value])
      return { covered, toValue: toValue! }
    })
    const { covered, toValue } = await graph.run()
    const expected = x.data.map((value, i) => (mask[Math.floor(i / 2) % 6] === 1 ? value : 0.5))
    expect([...covered]).toEqual([...expected])
    expect(toValue[0]).toBe(2 * 2 * 2)
    await graph.release()
  })

  it('are drawn anew from the stream, a tenth of the joints in every frame', () => {
    const view = maskedView([4, 2, 50, 25, 3], 0.1, new Variable('mask_param', 'parameter', [1]))
    const { mask } = view.feeds(new CounterStream(1))
    for (let frame = 0; frame < 50; frame++) {
      const row = Array.from(mask.subarray(frame * 25, frame * 25 + 25))
      expect(row.filter((value) => value === 0).length).toBe(2)
    }
    expect(view.feeds(new CounterStream(1)).mask).toEqual(mask)
    expect(view.feeds(new CounterStream(2)).mask).not.toEqual(mask)
  })
})

describe('restyled view', () => {
  it('never takes the style of the clip itself, nor that of the one before', () => {
    const view = restyledView([5, 1, 4, 3, 2])
    const shifts = Array.from({ length: 100 }, (_, seed) => view.feeds(new CounterStream(seed)).styles[0])
    expect(new Set(shifts)).toEqual(new Set([1, 2, 3]))
    const styles = view.feeds(new CounterStream(0)).styles
    expect([...styles]).toEqual(Array.from({ length: 5 }, (_, i) => (i + styles[0]) % 5))
  })
})
