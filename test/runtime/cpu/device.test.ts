import { describe, expect, it } from 'vitest'
import { crossEntropy, initialize, Linear, nameParts, Sgd } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import { add, assign, f32, i32, multiply, read, trace, Variable } from '../../../src/tensor/index.ts'
import { randomFed } from '../../tensor/run-graph.ts'

// What every device does stands in ../device-suite.ts.

/** Adds the fed number to a variable and gives the variable's value before that. */
function adding(variable: Variable) {
  return trace({ by: f32(1) }, ({ by }) => {
    const before = read(variable)
    assign(variable, add(before, by))
    return { before }
  })
}

const by = (value: number) => ({ by: Float32Array.of(value) })

describe('state of the CPU', () => {
  it('is pulled when the call returns', async () => {
    const count = new Variable('count', 'buffer', [1])
    const device = new CpuDevice({ threads: 1 })
    const step = await device.compile(adding(count))
    await step.run(by(3))
    device.pull([count])
    expect([...count.values]).toEqual([3])
  })

  it('is untouched by a pull before the first run', () => {
    const count = new Variable('count', 'buffer', [1], Float32Array.of(3))
    new CpuDevice().pull([count])
    expect([...count.values]).toEqual([3])
  })

  it('is shared with no other device', async () => {
    const count = new Variable('count', 'buffer', [1])
    const [device, other] = [new CpuDevice({ threads: 1 }), new CpuDevice({ threads: 1 })]
    await (await device.compile(adding(count))).run(by(5))
    const elsewhere = await other.compile(adding(count))
    expect([...(await elsewhere.run(by(1))).before]).toEqual([0])
  })
})

describe('training', () => {
  const train = async (seed: number) => {
    const model = initialize(nameParts(new Linear(8, 4)), new CounterStream(seed))
    const sgd = new Sgd(model.parameters(), { momentum: 0.9, weightDecay: 1e-3 })
    const graph = trace({ x: f32(16, 8), label: i32(16) }, ({ x, label }) => {
      const loss = crossEntropy(model.forward(x), label)
      sgd.update(loss, multiply(loss, 0.1))
      return { loss }
    })
    const device = new CpuDevice({ threads: 2 })
    const step = await device.compile(graph)
    const feeds = { x: randomFed([16, 8], seed).data, label: Int32Array.from({ length: 16 }, (_, i) => i % 4) }
    const losses: number[] = []
    for (let i = 0; i < 10; i++) losses.push((await step.run(feeds)).loss[0])
    device.pull(model.parameters())
    return { losses, weights: model.parameters().map(({ values }) => [...values]) }
  }

  it('with one seed twice gives the same bits', async () => {
    const first = await train(1)
    expect(await train(1)).toEqual(first)
    expect(first.losses[9]).toBeLessThan(first.losses[0])
    expect((await train(2)).losses).not.toEqual(first.losses)
  })
})
