import { describe, expect, it } from 'vitest'
import { MsG3dTcn } from '../../../src/models/blocks/msg3d/tcn.ts'
import { blockDropout, stagesOf } from '../../../src/models/blocks/stages.ts'
import { CtrMsTcn } from '../../../src/models/blocks/temporal/ctr-mstcn.ts'
import { DgMsTcn } from '../../../src/models/blocks/temporal/dgmstcn.ts'
import { MsTcn } from '../../../src/models/blocks/temporal/mstcn.ts'
import { UnitTcn } from '../../../src/models/blocks/temporal/unit-tcn.ts'
import { type Forward, initialize, nameParts, Sequential } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import {
  cast,
  divide,
  equal,
  f32,
  gradients,
  logicalNot,
  multiply,
  RandomState,
  stopGradient,
  sum,
  trace,
} from '../../../src/tensor/index.ts'
import { randomFed } from '../../tensor/run-graph.ts'

const SHAPE = [2, 8, 9, 5]
const CHANNELS = 24
const P = 0.4

/**
 * What a unit gives while it trains, with and without dropout, and the gradients by its input: of the sum of what it
 * gives with dropout, and of the sum of what it gives without, where the other gave something, over 1 - P.
 */
async function trained(create: (dropout: number) => Forward) {
  const [whole, dropping] = [create(0), create(P)]
  nameParts(new Sequential(whole, dropping))
  initialize(whole, new CounterStream('start'))
  initialize(dropping, new CounterStream('start'))
  const graph = trace(
    { x: f32(...SHAPE) },
    ({ x }) => {
      const y = whole.forward(x)
      const dropped = dropping.forward(x)
      const mask = divide(cast(logicalNot(equal(dropped, 0)), 'f32'), 1 - P)
      const [d] = gradients(sum(dropped), [x])
      const [masked] = gradients(sum(multiply(y, stopGradient(mask))), [x])
      return { y, dropped, d: d!, masked: masked! }
    },
    { training: true, random: new RandomState('mask') },
  )
  const step = await new CpuDevice({ threads: 1 }).compile(graph)
  const results = await step.run({ x: randomFed(SHAPE).data })
  await step.release()
  return results as Record<'y' | 'dropped' | 'd' | 'masked', Float32Array>
}

describe.each([
  ['UnitTcn', (dropout) => new UnitTcn(8, CHANNELS, { dropout })],
  ['UnitTcn without normalisation', (dropout) => new UnitTcn(8, CHANNELS, { dropout, norm: false })],
  ['MsTcn', (dropout) => new MsTcn(8, CHANNELS, 2, { dropout })],
  ['DgMsTcn', (dropout) => new DgMsTcn(8, CHANNELS, 1, { dropout })],
  ['CtrMsTcn', (dropout) => new CtrMsTcn(8, CHANNELS, 1, { dropout })],
  ['MsG3dTcn', (dropout) => new MsG3dTcn(8, CHANNELS, { dropout })],
] satisfies [string, (dropout?: number) => Forward][])('dropout of %s', (_, create) => {
  it('sets its share of the output to zero and scales the rest, and the gradient likewise', async () => {
    const { y, dropped, d, masked } = await trained(create)
    const values = y.filter((value) => value !== 0).length
    const kept = dropped.filter((value) => value !== 0).length
    expect(Math.abs(kept / values - (1 - P)) / Math.sqrt((P * (1 - P)) / values)).toBeLessThan(4)
    const largest = Math.max(...y.map(Math.abs))
    dropped.forEach((value, i) => {
      if (value !== 0) expect(Math.abs(value - y[i] / (1 - P)) / largest).toBeLessThan(1e-5)
    })
    const steepest = Math.max(...masked.map(Math.abs))
    expect(steepest).toBeGreaterThan(0.01)
    d.forEach((value, i) => {
      expect(Math.abs(value - masked[i]) / steepest).toBeLessThan(1e-4)
    })
  })
})

it('the temporal branches of the original CTR-GCN have no dropout', async () => {
  const { y, dropped } = await trained((dropout) => new CtrMsTcn(8, CHANNELS, 1, { form: 'original', dropout }))
  expect(dropped).toEqual(y)
})

describe('blockDropout', () => {
  it('leaves out the first block, where there is one', () => {
    const of = (inChannels: number) => {
      const stages = stagesOf(inChannels, { baseChannels: 16, numStages: 4 }, true)
      return stages.map((stage) => blockDropout(stage, P))
    }
    expect(of(3)).toEqual([0, P, P, P])
    expect(of(16)).toEqual([P, P, P])
  })
})
