import { describe, expect, it } from 'vitest'
import { datasetOf } from '../../src/data/dataset.ts'
import { resampleDataset } from '../../src/data/resample-dataset.ts'

const clip = (id: string, frames: number, frameRate?: number) => ({
  ...{ id, label: 0, layout: 'one' },
  points: { data: Float32Array.from({ length: frames }, (_, t) => t + 1), persons: 1, frames, joints: 1, channels: 1 },
  meta: { performer: 3, ...(frameRate !== undefined && { frameRate }) },
})

describe('a data set at one frame rate', () => {
  it('has clips of that rate, whatever theirs was, and says so', () => {
    const recorded = datasetOf('mine', ['walk'], [clip('a', 4, 60), clip('b', 2, 15), clip('c', 3, 30)])
    const { dataset, rates, frames } = resampleDataset(recorded, 30)
    expect(dataset.entries.map((entry) => [entry.frames, entry.meta])).toEqual([
      ...[2, 4, 3].map((count) => [count, { performer: 3, frameRate: 30 }]),
    ])
    expect([0, 1, 2].map((index) => Array.from(dataset.clip(index).points.data))).toEqual([
      ...[
        [1, 3],
        [1, 1.5, 2, 2],
        [1, 2, 3],
      ],
    ])
    expect(dataset.clip(0).meta).toEqual({ performer: 3, frameRate: 30 })
    expect({ rates, frames }).toEqual({ rates: [15, 30, 60], frames: { from: 9, to: 9 } })
    expect(dataset.notes).toEqual(['Resampled to 30 frames per second, from 15, 30, 60.'])
  })

  it('is unchanged, and says nothing, where all clips have the rate', () => {
    const recorded = datasetOf('mine', ['walk'], [clip('a', 4, 30)])
    const { dataset } = resampleDataset(recorded, 30)
    expect(dataset.clip(0)).toEqual(recorded.clip(0))
    expect(dataset.notes).toBeUndefined()
  })

  it('is refused where a clip does not tell its rate', () => {
    const recorded = datasetOf('mine', ['walk'], [clip('a', 4, 60), clip('b', 2)])
    expect(() => resampleDataset(recorded, 30)).toThrow(/mine, clip b: .*frame rate\n.*--reader-set frameRate=30/)
  })
})
