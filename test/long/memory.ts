/**
 * Resident memory before and after many small training steps, as JSON on one line:
 * `node --expose-gc --import tsx test/long/memory.ts [steps] [cpu | wasm]`. Fails when it grows by 2 % or more.
 *
 * A leak grows in every stretch of steps; V8 and malloc also take a few MiB once, at no fixed moment, and keep them
 * (about 8 % of this process). The growth is therefore the median over ten stretches, times ten.
 */
import { crossEntropy, initialize, Linear, nameParts, Sgd } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import * as node from '../../src/runtime/node.ts'
import * as web from '../../src/runtime/web.ts'
import { f32, i32, scalar, trace } from '../../src/tensor/index.ts'

const steps = Number(process.argv[2] ?? 10_000)
const name = process.argv[3] ?? 'cpu'
const device = await (name === 'wasm'
  ? web.createDevice('wasm', { threads: 1 })
  : node.createDevice('cpu', { threads: 1 }))
const model = initialize(nameParts(new Linear(64, 8)), new CounterStream(1))
const sgd = new Sgd(model.parameters(), { momentum: 0.9 })
const graph = trace({ x: f32(32, 64), label: i32(32) }, ({ x, label }) => {
  const loss = crossEntropy(model.forward(x), label)
  sgd.update(loss, scalar(0.01))
  return { loss }
})
const step = await device.compile(graph)
const stream = new CounterStream(2)

async function train(count: number): Promise<number> {
  for (let i = 0; i < count; i++) {
    const x = Float32Array.from({ length: 32 * 64 }, () => stream.uniform(-1, 1))
    await step.run({ x, label: Int32Array.from({ length: 32 }, (_, n) => n % 8) })
    if (i % 100 === 99) await device.pull(model.parameters())
  }
  globalThis.gc?.()
  return process.memoryUsage().rss
}

const STRETCHES = 10
const before = await train(1000)
const sizes = [before]
for (let k = 0; k < STRETCHES; k++) sizes.push(await train(Math.ceil(steps / STRETCHES)))
const growths = sizes
  .slice(1)
  .map((size, k) => size - sizes[k]!)
  .sort((a, b) => a - b)
const median = (growths[STRETCHES / 2 - 1]! + growths[STRETCHES / 2]!) / 2
const growth = (STRETCHES * median) / before
console.log(JSON.stringify({ device: name, steps, before, after: sizes.at(-1), growth }))
if (growth >= 0.02) process.exitCode = 1
