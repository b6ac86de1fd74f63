import { describe, expect, it } from 'vitest'
import { clipBatch, clipOfBatch } from '../../src/attack/clip-batches.ts'
import type { Points } from '../../src/skeleton/points.ts'

describe('batches of clips', () => {
  it('repeat a short clip end to end and give it back', () => {
    const points: Points = { data: Float32Array.of(1, 2, 3), persons: 1, frames: 3, joints: 1, channels: 1 }
    const batch = clipBatch([points], 2, 5)
    expect(batch.shape).toEqual([1, 2, 5, 1, 1])
    expect([...batch.data]).toEqual([1, 2, 3, 1, 2, 0, 0, 0, 0, 0])
    expect(clipOfBatch(batch, 0, points)).toEqual(points)
  })
})
