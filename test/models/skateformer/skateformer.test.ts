import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import type { SkateFormerOptions } from '../../../src/models/skateformer/options.ts'
import { SKATEFORMER_NTU, SKATEFORMER_NW_UCLA } from '../../../src/models/skateformer/recipes.ts'
import { SkateTransformer } from '../../../src/models/skateformer/skate-transformer.ts'
import { partitionsOf, SkateFormer } from '../../../src/models/skateformer/skateformer.ts'
import { crossEntropy, initialize, nameParts } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { nturgbD } from '../../../src/skeleton/layouts/nturgb-d.ts'
import { exportOnnx, f32, gradients, read, type Tensor, trace } from '../../../src/tensor/index.ts'
import { type Fed, fed, integersFed, randomFed, runGraph } from '../../tensor/run-graph.ts'

const CLASSES = 5
const SMALL = {
  depths: [1, 2],
  channels: [32, 64],
  numClasses: CLASSES,
  numPeople: 2,
  numFrames: 8,
  numPoints: 6,
  mlpRatio: 1,
  indexT: true,
  sizes: [
    [4, 6],
    [4, 3],
    [2, 6],
    [2, 4],
  ],
} as const satisfies SkateFormerOptions

function network(options: Partial<SkateFormerOptions> = {}): SkateFormer {
  return initialize(nameParts(new SkateFormer({ ...SMALL, ...options })), new CounterStream(1))
}

const clipsFed = (clips: number, seed = 1): Fed => randomFed([clips, 2, 8, 6, 3], seed)
const timesFed = (clips: number, seed = 2): Fed => randomFed([clips, 8], seed)

async function logitsOf(model: SkateFormer, x: Fed, times: Fed = timesFed(x.shape[0])): Promise<number[]> {
  return (await runGraph({ x, times }, (t) => ({ logits: model.forward(t.x, t.times) }))).logits
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length)
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])))
}

/** The first of two clips, or of their times. */
const firstOf = ({ shape, data }: Fed): Fed => fed([1, ...shape.slice(1)], Array.from(data).slice(0, data.length / 2))

describe('SkateFormer', () => {
  it('scores a clip alike beside others and alone', async () => {
    const model = network()
    const [x, times] = [clipsFed(2), timesFed(2)]
    const both = await logitsOf(model, x, times)
    const alone = await logitsOf(model, firstOf(x), firstOf(times))
    expect(largestDifference(both.slice(0, CLASSES), alone)).toBeLessThan(1e-5)
    expect(largestDifference(both.slice(CLASSES), alone)).toBeGreaterThan(1e-3)
  })

  it('knows the times of the frames', async () => {
    const model = network()
    const x = clipsFed(1)
    const difference = largestDifference(
      await logitsOf(model, x, timesFed(1, 2)),
      await logitsOf(model, x, timesFed(1, 3)),
    )
    expect(difference).toBeGreaterThan(1e-4)
  })

  it('puts the joints in their order itself', async () => {
    const jointOrder = [4, 0, 6, 2, 1, 5]
    const [x, times] = [randomFed([1, 2, 8, 7, 3], 5), timesFed(1)]
    const ordered = Array.from({ length: 2 * 8 * 6 * 3 }, (_, i) => {
      const [c, place, frame] = [i % 3, Math.floor(i / 3) % 6, Math.floor(i / 18)]
      return x.data[(frame * 7 + jointOrder[place]) * 3 + c]
    })
    const expected = await logitsOf(network(), fed([1, 2, 8, 6, 3], ordered), times)
    expect(largestDifference(await logitsOf(network({ jointOrder }), x, times), expected)).toBeLessThan(1e-6)
  })

  it('has a gradient for every parameter, finite and not zero', async () => {
    const model = network({ relativeBias: 'intended' })
    const parameters = model.parameters()
    const found = await runGraph(
      { x: clipsFed(2), times: timesFed(2), label: integersFed([2], [0, 3]) },
      ({ x, times, label }) => {
        const loss = crossEntropy(model.forward(x, times), label)
        return Object.fromEntries(gradients(loss, parameters.map(read)).map((d, i) => [parameters[i].name, d!]))
      },
    )
    const broken = Object.entries(found).filter(([, d]) => !d.every(Number.isFinite) || d.every((v) => v === 0))
    expect(broken.map(([name]) => name)).toEqual([])
    expect(Object.keys(found).length).toBe(parameters.length)
  })

  it('scores alike as an ONNX file of standard operators', async () => {
    const model = network()
    const [x, times] = [clipsFed(2), timesFed(2)]
    const graph = trace({ x: f32(...x.shape), times: f32(...times.shape) }, (t) => ({
      logits: model.forward(t.x, t.times),
    }))
    const bytes = exportOnnx(graph)
    const session = await ort.InferenceSession.create(bytes, { executionProviders: ['cpu'], intraOpNumThreads: 1 })
    const { logits } = await session.run({
      x: new ort.Tensor('float32', x.data as Float32Array, x.shape),
      times: new ort.Tensor('float32', times.data as Float32Array, times.shape),
    })
    await session.release()
    expect(largestDifference(Array.from(logits.data as Float32Array), await logitsOf(model, x, times))).toBeLessThan(
      1e-5,
    )
    expect(Buffer.from(bytes).includes('com.microsoft')).toBe(false)
  })

  it('has recipes of 24 joints of NTU RGB+D and all 20 of NW-UCLA', () => {
    const joints = SKATEFORMER_NTU.jointOrder.map((joint) => nturgbD.joints[joint])
    expect(new Set(joints).size).toBe(24)
    expect(nturgbD.joints.filter((joint) => !joints.includes(joint))).toEqual(['spine at shoulders'])
    expect([...SKATEFORMER_NW_UCLA.jointOrder].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i))
  })

  it('asks for the times, unless it learns an embedding of every frame', async () => {
    const forward = (model: SkateFormer) =>
      trace({ x: f32(1, 2, 8, 6, 3) }, ({ x }) => ({ y: model.forward(x) })).outputs[0].tensor.shape
    expect(() => forward(network())).toThrow(/times[\s\S]*\[1, 8\][\s\S]*indexT: false/)
    expect(forward(network({ indexT: false }))).toEqual([1, CLASSES])
  })

  it('says which clips it takes', () => {
    const forward = (model: SkateFormer, joints: number) =>
      trace({ x: f32(1, 2, 8, joints, 3), t: f32(1, 8) }, ({ x, t }) => ({ y: model.forward(x, t) }))
    expect(() => forward(network(), 7)).toThrow(/clips \[N, 2, 8, 6, 3\][\s\S]*\[1, 2, 8, 7, 3\]/)
    expect(() => forward(network({ jointOrder: [0, 1, 2, 3, 4, 9] }), 7)).toThrow(/axis 3, not 9/)
  })

  it.each([
    [{ depths: [1] }, /depths[\s\S]*as many entries as channels[\s\S]*\[1\]/],
    [{ numHeads: 12 }, /numHeads[\s\S]*multiple of 8[\s\S]*12/],
    [{ channels: [32, 48] }, /channels[\s\S]*multiples of 32[\s\S]*\[32,48\]/],
    [{ kernelSize: 4 }, /kernelSize[\s\S]*odd[\s\S]*4/],
    [{ jointOrder: [0, 1] }, /jointOrder[\s\S]*6 joints[\s\S]*2/],
    [{ numFrames: 12 }, /partition type 1[\s\S]*divide the 6 of the last stage[\s\S]*4/],
    [{ numPoints: 9 }, /partition type 4[\s\S]*divide the 18[\s\S]*4/],
  ] as [Partial<SkateFormerOptions>, RegExp][])('refuses %j', (options, message) => {
    expect(() => new SkateFormer({ ...SMALL, ...options })).toThrow(message)
  })
})

describe('the transformer block', () => {
  const partitions = partitionsOf(SMALL)
  const [B, T, W] = [32, 4, 12]

  /** Copies of one clip through a block as it trains. */
  async function trained(dropPath: number): Promise<{ input: number[]; outputs: number[][] }> {
    const options = { dropPath, kernelSize: 3, mlpRatio: 1 }
    const block = initialize(nameParts(new SkateTransformer(32, W, 32, partitions, options)), new CounterStream(1))
    const one = Array.from(randomFed([32 * T * W], 4).data)
    const x = fed([B, 32, T, W], Array.from({ length: B }, () => one).flat())
    const { y } = await runGraph({ x }, (t: Readonly<Record<string, Tensor>>) => ({ y: block.forward(t.x) }), {
      training: true,
    })
    return { input: one, outputs: Array.from({ length: B }, (_, b) => y.slice(b * one.length, (b + 1) * one.length)) }
  }

  it('leaves out both of its parts for a share of the clips, one independent of the other', async () => {
    const { outputs } = await trained(0.5)
    // Both parts, either one, or none: the first number of the output tells which.
    expect(new Set(outputs.map(([first]) => first.toFixed(4))).size).toBe(4)
  })

  it('hands a clip on as it is when all is left out', async () => {
    const { input, outputs } = await trained(1)
    for (const output of outputs) expect(output).toEqual(input)
  })
})
