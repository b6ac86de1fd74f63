import { describe, expect, it } from 'vitest'
import type { Encoder } from '../../../src/models/encoder.ts'
import { initialize, Sgd } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import { ContrastiveNetwork } from '../../../src/systems/hiclr/contrastive-network.ts'
import { dstaEncoder } from '../../../src/systems/hiclr/encoder.ts'
import { tracePretrainingStep } from '../../../src/systems/hiclr/pretraining-step.ts'
import {
  type BatchShape,
  edgesView,
  maskedView,
  restyledView,
  type StrongView,
} from '../../../src/systems/hiclr/strong-view.ts'
import { type Bank, RandomState, stored } from '../../../src/tensor/index.ts'
import { randomFed } from '../../tensor/run-graph.ts'

const shape: BatchShape = [4, 1, 6, 5, 3]

const encoder = (): Encoder =>
  dstaEncoder(
    { numPoint: 5, numFrame: 6, config: [[4, 4, 2, 1]], useTemporalAtt: false },
    { kind: 'projection', featureDim: 3 },
  )

function prepared(strongView: (network: ContrastiveNetwork) => StrongView) {
  const random = new CounterStream(1)
  const network = initialize(new ContrastiveNetwork(encoder, { featureDim: 3, queueSize: 8, random }), random)
  const optimizer = new Sgd(network.trained(), { momentum: 0.9 })
  const view = strongView(network)
  const graph = tracePretrainingStep(network, optimizer, shape, view, { random: new RandomState(1) })
  return { network, view, graph }
}

describe('pre-training step', () => {
  it('leaves a moved key encoder, a filled queue and trained parameters behind', () => {
    const { network, graph } = prepared(({ mask_param }) => maskedView(shape, 0.4, mask_param))
    const changed = new Set(graph.state.filter(({ next }) => next).map(({ variable }) => variable))
    const { queue, queue_ptr, mask_param, encoder_q, encoder_k } = network
    for (const variable of [queue, queue_ptr, mask_param, ...encoder_q.parameters(), ...encoder_k.parameters()])
      expect(changed.has(stored(variable)), variable.name).toBe(true)
    for (const buffer of [...encoder_q.buffers(), ...encoder_k.buffers()])
      if (buffer.name.includes('running_')) expect(changed.has(buffer), buffer.name).toBe(true)
  })

  it('trains the query encoder and the number of covered joints, not the key encoder', () => {
    const { network } = prepared(({ mask_param }) => maskedView(shape, 0.4, mask_param))
    const bank = stored(network.mask_param) as Bank
    expect(new Set(bank.pieces)).toEqual(new Set([network.mask_param, ...network.encoder_q.parameters()]))
  })

  it.each([
    ['dropped edges', () => edgesView('drop-edges', 0.3, true)],
    ['another style', () => restyledView(shape)],
  ])('takes %s as the strong view', (_, strongView) => {
    const { view, graph } = prepared(strongView)
    const fed = Object.keys(view.feeds(new CounterStream(1)))
    expect(graph.inputs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['queryBasic', 'keyBasic', 'normal', 'strong', 'learningRate', ...fed]),
    )
  })

  it('adds half of what the stronger branches lose to the contrast', async () => {
    const { view, graph } = prepared(() => edgesView('add-edges', 0.3, true))
    const step = await new CpuDevice({ threads: 1 }).compile(graph, { checkFinite: true })
    const clips = (seed: number) => randomFed(shape, seed).data as Float32Array
    const views = { queryBasic: clips(1), keyBasic: clips(2), normal: clips(3), strong: clips(4) }
    const feeds = { ...views, ...view.feeds(new CounterStream(1)), learningRate: Float32Array.of(0.1) }
    const { loss, contrast, consistency1, consistency2 } = await step.run(feeds)
    expect(loss[0]).toBeCloseTo(contrast[0] + (consistency1[0] + consistency2[0]) / 2, 5)
    await step.release()
  })
})
