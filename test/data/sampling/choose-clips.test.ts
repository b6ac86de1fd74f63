import { describe, expect, it } from 'vitest'
import { datasetOf } from '../../../src/data/dataset.ts'
import { chooseClips } from '../../../src/data/sampling/choose-clips.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

const points = { data: Float32Array.of(1), persons: 1, frames: 1, joints: 1, channels: 1 }
const clips = [0, 0, 0, 0, 1, 1].map((label, i) => ({ id: `c${i}`, label, layout: 'one', points, meta: {} }))
const DATASET = datasetOf('mine', ['walk', 'sit', 'jump'], clips)
const chosen = (choice: Parameters<typeof chooseClips>[1], seed = 0) =>
  chooseClips(DATASET, choice, new CounterStream(seed)).map((index) => `c${index}`)

describe('some clips of a data set', () => {
  it('come from the classes in turn, as the seed says', () => {
    const labels = chosen({ count: 4 }).map((id) => clips[Number(id[1])].label)
    expect(labels).toEqual([0, 0, 1, 1])
    expect(chosen({ count: 4 })).toEqual(chosen({ count: 4 }))
    const choices = new Set([1, 2, 3, 4, 5].map((seed) => chosen({ count: 1 }, seed).join()))
    expect(choices.size).toBeGreaterThan(1)
  })

  it('are those of one class, or those that are named', () => {
    expect(chosen({ label: 'sit', count: 9 })).toEqual(['c4', 'c5'])
    expect(chosen({ ids: ['c3', 'c0'], count: 1 })).toEqual(['c3', 'c0'])
  })

  it('must be there', () => {
    expect(() => chosen({ label: 'run', count: 1 })).toThrow(/no such class\n.*walk, sit, jump\n.*'run'/)
    expect(() => chosen({ label: 'jump', count: 1 })).toThrow(/class has no clips/)
    expect(() => chosen({ ids: ['c9'], count: 1 })).toThrow(/there is no clip 'c9'/)
  })
})
