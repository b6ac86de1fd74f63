import { describe, expect, it } from 'vitest'
import { temporalWindows } from '../../../../src/models/blocks/msg3d/temporal-windows.ts'
import { checkGradient } from '../../../tensor/check-gradient.ts'
import { fed, randomFed, runGraph } from '../../../tensor/run-graph.ts'

/** Frames 1 to `length` of two joints: joint v of frame t holds 10 t + v. */
function clip(length: number) {
  return fed([1, 1, length, 2], Array.from({ length }, (_, t) => [10 * (t + 1), 10 * (t + 1) + 1]).flat())
}

async function windowsOf(length: number, size: number, stride: number): Promise<number[][]> {
  const { y } = await runGraph({ x: clip(length) }, ({ x }) => ({ y: temporalWindows(x, size, stride) }))
  return Array.from({ length: y.length / (2 * size) }, (_, i) => y.slice(2 * size * i, 2 * size * (i + 1)))
}

describe('temporalWindows', () => {
  it('gives each frame with its neighbours, frame by frame, zeros beyond the ends', async () => {
    expect(await windowsOf(3, 3, 1)).toEqual([
      [0, 0, 10, 11, 20, 21],
      [10, 11, 20, 21, 30, 31],
      [20, 21, 30, 31, 0, 0],
    ])
  })

  it('takes windows around every second frame', async () => {
    expect(await windowsOf(4, 3, 2)).toEqual([
      [0, 0, 10, 11, 20, 21],
      [20, 21, 30, 31, 40, 41],
    ])
    expect(await windowsOf(5, 5, 2)).toEqual([
      [0, 0, 0, 0, 10, 11, 20, 21, 30, 31],
      [10, 11, 20, 21, 30, 31, 40, 41, 50, 51],
      [30, 31, 40, 41, 50, 51, 0, 0, 0, 0],
    ])
  })

  it('skips frames where the stride is longer than the window', async () => {
    expect(await windowsOf(8, 1, 3)).toEqual([
      [10, 11],
      [40, 41],
      [70, 71],
    ])
  })

  it.each([
    [3, 1],
    [5, 2],
    [3, 4],
  ])('has the gradient of its definition for windows of %i frames and stride %i', async (size, stride) => {
    await checkGradient({ x: randomFed([2, 2, 7, 2]) }, ({ x }) => temporalWindows(x, size, stride))
  })
})
