import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { graphAdjacency } from '../../../src/skeleton/graph.ts'
import { defineLayout } from '../../../src/skeleton/layout.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { InterSkeletonContrast } from '../../../src/systems/smi-attack/inter-skeleton-contrast.ts'
import { smiOptions } from '../../../src/systems/smi-attack/options.ts'
import { pretrainingOptionsOf } from '../../../src/systems/smi-attack/options-of-parts.ts'
import { pretrainingPhase } from '../../../src/systems/smi-attack/pretraining.ts'

const layout = defineLayout({
  name: 'arm',
  dimensions: 3,
  joints: ['shoulder', 'elbow', 'hand'],
  centre: 1,
  inward: [
    [0, 1],
    [2, 1],
  ],
})

function clip(index: number): Points {
  const stream = new CounterStream(index)
  const data = Float32Array.from({ length: 30 * 9 }, () => stream.uniform(-1, 1))
  return { data, persons: 1, frames: 30, joints: 3, channels: 3 }
}

describe('pretraining of the encoders', () => {
  const contrast = { dim: 4, K: 6, m: 0.9, T: 0.1, mlp: true, hiddenSize: 3, layers: 2 }
  const size = { persons: 2, joints: 3, channels: 3 }
  const graph = graphAdjacency(layout, { mode: 'spatial' })
  const model = new InterSkeletonContrast(graph, size, contrast, new CounterStream(5))
  const options = pretrainingOptionsOf(smiOptions.parse({ batchSize: 2, window: 8, corrupted: 2 }), 3)
  const phase = pretrainingPhase(model, { count: 5, clip }, options)

  it('begins with keys that equal the queries', () => {
    const queries = model.trained()
    const equal = model.keys().every((key, i) => key.values.every((value, at) => value === queries[i].values[at]))
    expect(equal).toBe(true)
  })

  it('leaves out what does not fill a batch', () => {
    expect(phase.epoch(0).iterations).toBe(2)
  })

  it('feeds two different views per clip, the same ones whenever it is asked', async () => {
    const { first, second } = await phase.epoch(3).feeds(1)
    expect(first).toHaveLength(2 * 2 * 8 * 9)
    expect(first).not.toEqual(second)
    expect((await phase.epoch(3).feeds(1)).first).toEqual(first)
    expect((await phase.epoch(4).feeds(1)).first).not.toEqual(first)
  })

  it('lowers the rate as the authors do', () => {
    const rate = (epoch: number) => phase.learningRate({ epoch, iteration: 0, iterationsPerEpoch: 2 })
    expect([0, 159, 160, 350, 351].map(rate)).toEqual([0.01, 0.01, 0.001, 0.001, 0.0001].map((x) => expect.closeTo(x)))
  })

  it('keeps in a checkpoint what the next step needs', () => {
    const names = [...phase.variables.keys()]
    for (const name of ['encoder_k.fc.0.weight', 'Queue_S2', 'pointer', 'optimizer.momentum'])
      expect(names).toContain(name)
  })

  it('moves the keys as one vector', () => {
    const written = phase.step.state.filter(({ next }) => next).map(({ variable }) => variable.name)
    expect(written).toContain('keys')
    expect(written.some((name) => name.startsWith('encoder_k') && name.includes('gru'))).toBe(false)
  })
})
