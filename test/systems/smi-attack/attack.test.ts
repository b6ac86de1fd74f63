import { describe, expect, it } from 'vitest'
import type { AttackedBatch, FinishedBatches } from '../../../src/attack/attacked-clips.ts'
import { clipBatch, clipOfBatch } from '../../../src/attack/clip-batches.ts'
import { initialize, Linear, Module, nameParts } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { attackSmi, type SmiAttackOptions } from '../../../src/systems/smi-attack/attack.ts'
import type { FeatureEncoder } from '../../../src/systems/smi-attack/contrastive-attack.ts'
import { smiOptions } from '../../../src/systems/smi-attack/options.ts'
import { attackOptionsOf, gradientOrderOf } from '../../../src/systems/smi-attack/options-of-parts.ts'
import { reshape, type Tensor, tanh } from '../../../src/tensor/index.ts'

const FRAMES = 6

/** Features of clips of up to two persons, six frames, two joints and three channels. */
class SmallEncoder extends Module implements FeatureEncoder {
  readonly featureSize = 4
  readonly numPerson = 2
  readonly layer = new Linear(2 * FRAMES * 6, 4)

  features(x: Tensor): Tensor {
    return tanh(this.layer.forward(reshape(x, [x.shape[0], -1])))
  }
}

const encoder = initialize(nameParts(new SmallEncoder()), new CounterStream(1))

function clip(seed: number, persons: number, frames: number): Points {
  const stream = new CounterStream(seed)
  const data = Float32Array.from({ length: persons * frames * 6 }, () => stream.uniform(-1, 1))
  return { data, persons, frames, joints: 2, channels: 3 }
}

const clips = [clip(1, 1, 6), clip(2, 2, 5), clip(3, 1, 6), clip(4, 2, 6), clip(5, 1, 4)]

const OPTIONS: SmiAttackOptions = {
  ...attackOptionsOf(smiOptions.parse({ iterations: 8, attackBatch: 2, clusters: 3, droppedCentres: 1 })),
  ...gradientOrderOf('second'),
  stepSize: 0.005,
  budget: 0.02,
}

function attack(options: Partial<SmiAttackOptions> = {}, given: readonly Points[] = clips, finished?: FinishedBatches) {
  const device = new CpuDevice({ threads: 1 })
  const random = new CounterStream(3)
  return attackSmi({ encoder, clips: given, options: { ...OPTIONS, ...options }, device, random, finished })
}

const largestMove = (moved: Points, from: Points) =>
  moved.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - from.data[i])), 0)

describe('SMI attack', () => {
  it('moves clips of any length and number of persons within the budget, the last batch as well', async () => {
    const { clips: moved, objective } = await attack()
    expect(moved.map(({ persons, frames }) => [persons, frames])).toEqual(clips.map((c) => [c.persons, c.frames]))
    moved.forEach((points, i) => {
      expect(largestMove(points, clips[i])).toBeGreaterThan(0.005)
      expect(largestMove(points, clips[i])).toBeLessThan(0.02 + 1e-6)
    })
    expect(objective).toHaveLength(8)
  })

  it('leads away from what the clips were', async () => {
    const { objective } = await attack({ firstOrder: false, secondOrder: false, momentum: 0 })
    expect(objective.at(-1)).toBeGreaterThan(objective[0])
  })

  it('depends on the motion through the coefficients only where the gradient is informed by it', async () => {
    const [plain, first] = [
      await attack({ firstOrder: false, secondOrder: false }),
      await attack({ firstOrder: true, secondOrder: false }),
    ]
    expect(first.objective[0]).toBe(plain.objective[0])
    expect(first.clips[0].data).not.toEqual(plain.clips[0].data)
  })

  it('sees shorter clips repeated up to the frames that the encoder takes', async () => {
    const short = clips.map((points) =>
      clipOfBatch(clipBatch([points], 2, 6), 0, { ...points, frames: 4, data: new Float32Array(points.persons * 24) }),
    )
    const { clips: moved } = await attack({ frames: FRAMES }, short)
    expect(moved[0].frames).toBe(4)
  })

  it('takes batches that are done as they are, and hands over those that follow', async () => {
    const whole = new Map<number, AttackedBatch>()
    const finished = { get: () => undefined, put: (start: number, batch: AttackedBatch) => whole.set(start, batch) }
    const { clips: moved, objective } = await attack({}, clips, finished)
    expect([...whole.keys()]).toEqual([0, 2, 4])
    const done = { ...whole.get(2)!, data: clipBatch(clips.slice(2, 4), 2, FRAMES).data }
    const later: number[] = []
    const again = await attack({}, clips, {
      get: (start) => (start === 2 ? done : undefined),
      put: (start) => later.push(start),
    })
    expect(later).toEqual([0, 4])
    expect(again.clips).toEqual([moved[0], moved[1], clips[2], clips[3], moved[4]])
    expect(again.objective).toEqual(objective)
  })

  it('refuses fewer clips than clusters', async () => {
    await expect(attack({ clusters: 6 })).rejects.toThrow('fewer clips than clusters')
  })

  it('refuses clips of several skeletons', async () => {
    const other = { ...clips[0], joints: 1, channels: 6 }
    await expect(attack({}, [...clips, other])).rejects.toThrow('clip 5')
  })

  it('refuses clips with more persons than the encoder knows', async () => {
    await expect(attack({}, [clip(6, 3, 6), ...clips])).rejects.toThrow('up to 2 persons')
  })
})
