import { describe, expect, it } from 'vitest'
import { contrastiveView } from '../../../src/augment/recipes/contrastive-view.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const clip = randomPoints({ persons: 2, frames: 90, joints: 25, channels: 3 })

/** Draws that begin with the given numbers for share and choice. */
class Scripted extends CounterStream {
  private readonly first: number[]

  constructor(...first: number[]) {
    super(1)
    this.first = first
  }

  override unit(): number {
    return this.first.shift() ?? super.unit()
  }
}

describe('a contrastive view', () => {
  it('has the frames of its window, of crops of 64 frames or more', () => {
    const view = contrastiveView(clip, 90, { window: 32 }, new CounterStream(3))
    expect([view.persons, view.frames, view.joints]).toEqual([2, 32, 25])
    expect(contrastiveView(clip, 10, {}, new CounterStream(3)).frames).toBe(64)
  })

  it.each([
    ['shear', 0.4, false],
    ['shear', 0.6, true],
    ['corruption', 0.4, true],
    ['corruption', 0.6, false],
  ] as const)('with %s below one half, at a draw of %f loses joints: %s', (below, choice, loses) => {
    // The third number makes a corruption one that loses joints.
    const { data } = contrastiveView(clip, 90, { below, joints: 7 }, new Scripted(0, choice, 0))
    const lost = [...Array(25).keys()].filter((joint) => data[3 * joint] === 0)
    expect(lost).toHaveLength(loses ? 7 : 0)
  })
})
