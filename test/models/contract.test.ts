import { createHash } from 'node:crypto'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors/safetensors.ts'
import { BACKBONE_NAMES, createBackbone } from '../../src/models/build.ts'
import { Recognizer } from '../../src/models/recognizer.ts'
import { BatchNorm, crossEntropy, initialize, type Module, nameParts } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { nturgbD } from '../../src/skeleton/layouts/nturgb-d.ts'
import { exportOnnx, f32, gradients, i32, read, sizeOf, trace } from '../../src/tensor/index.ts'

const PERSONS = 2
const FRAMES = 8
const JOINTS = nturgbD.joints.length
const CLASSES = 5
/** Logits count as equal up to this part of the largest one, or of 1. */
const CLOSE = 1e-5
/** Narrow, so that ten blocks stay quick. */
const WIDTH = 24

const clipShape = (clips: number) => [clips, PERSONS, FRAMES, JOINTS, 3]
/** Numbers of one clip. */
const CLIP = sizeOf(clipShape(1))

function clips(count: number, seed: number): Float32Array {
  const stream = new CounterStream(seed)
  return Float32Array.from({ length: sizeOf(clipShape(count)) }, () => stream.normal())
}

/** A network whose every parameter differs from its start. */
function perturbedNetwork(name: string, seed = 1): Recognizer {
  const backbone = createBackbone(name, { layout: nturgbD, persons: PERSONS, channels: 3 }, { width: WIDTH })
  const network = initialize(nameParts(new Recognizer(backbone, CLASSES)), new CounterStream(seed))
  const stream = new CounterStream(seed).fork('training')
  for (const { values } of network.parameters()) {
    for (let i = 0; i < values.length; i++) values[i] += stream.uniform(-0.1, 0.1)
  }
  return network
}

/** A network's variables as a safetensors file. */
function fileOf(network: Recognizer): Uint8Array {
  return writeSafetensors(
    new Map([...network.variables()].map(([path, { shape, values }]) => [path, { shape, data: values }])),
  )
}

function* modulesOf(root: Module): Generator<Module> {
  yield root
  for (const [, part] of root.parts()) yield* modulesOf(part)
}

/** A network compiled for `count` clips; gives their logits, end to end. */
async function compile(network: Recognizer, count: number, training = false) {
  const graph = trace({ clip: f32(...clipShape(count)) }, ({ clip }) => ({ logits: network.forward(clip) }), {
    training,
  })
  const device = new CpuDevice({ threads: 1 })
  const step = await device.compile(graph)
  return {
    run: async (data: Float32Array) => [...((await step.run({ clip: data })).logits as Float32Array)],
    pullBuffers: () => device.pull(network.buffers()),
    release: () => step.release(),
  }
}

async function logitsOf(network: Recognizer, data: Float32Array): Promise<number[]> {
  const step = await compile(network, data.length / CLIP)
  const logits = await step.run(data)
  await step.release()
  return logits
}

/** What a pass in training does to a network. */
interface TrainingPass {
  readonly logits: readonly number[]
  /** Logits of the first clip beside another one. */
  readonly besideAnother: readonly number[]
  /** By name, whether the pass changed the buffer. */
  readonly moved: ReadonlyMap<string, boolean>
}

/**
 * Passes two clips in training and leaves the network as training would: its running statistics are those of the two
 * clips alone, so that activations keep their size through all layers in evaluation too.
 */
async function train(network: Recognizer, pair: Float32Array): Promise<TrainingPass> {
  const before = network.buffers().map(({ values }) => values.slice())
  const step = await compile(network, 2, true)
  const logits = await step.run(pair)
  step.pullBuffers()
  const besideAnother = await step.run(Float32Array.of(...pair.subarray(0, CLIP), ...clips(1, 9)))
  await step.release()
  const moved = new Map(
    network.buffers().map(({ name, values }, i) => [name, largestDifference(values, before[i]) > 0]),
  )
  for (const layer of modulesOf(network)) if (layer instanceof BatchNorm) keepLastBatch(layer)
  return { logits, besideAnother: besideAnother.slice(0, CLASSES), moved }
}

/** Running statistics after one batch, as they would be after many like it. */
function keepLastBatch({ momentum, running_mean, running_var }: BatchNorm): void {
  if (momentum === null || !running_mean || !running_var) return
  // new = (1 - momentum) * start + momentum * batch, from the starts 0 and 1.
  running_mean.values.forEach((value, c, values) => {
    values[c] = value / momentum
  })
  running_var.values.forEach((value, c, values) => {
    values[c] = (value - (1 - momentum)) / momentum
  })
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)
}

/** Milliseconds; compiling a deep network takes its time on a busy machine. */
const PATIENCE = 60_000

describe.each(BACKBONE_NAMES)('network %s', { timeout: PATIENCE }, (name) => {
  const pair = clips(2, 7)
  const first = pair.subarray(0, CLIP)
  let network: Recognizer
  let training: TrainingPass
  let evaluation: Awaited<ReturnType<typeof compile>>
  let logits: number[]
  let scale: number

  beforeAll(async () => {
    network = perturbedNetwork(name)
    training = await train(network, pair)
    evaluation = await compile(network, 2)
    logits = await evaluation.run(pair)
    scale = Math.max(1, ...logits.map(Math.abs))
  }, PATIENCE)

  afterAll(() => evaluation?.release())

  it('gives features per person and frame and finite logits per clip', () => {
    const graph = trace({ clip: f32(...clipShape(2)) }, ({ clip }) => ({ features: network.backbone.forward(clip) }))
    const [NM, C, T, V] = graph.outputs[0].tensor.shape
    expect([NM, C]).toEqual([2 * PERSONS, network.backbone.outChannels])
    expect(T).toBeGreaterThan(0)
    expect(T).toBeLessThanOrEqual(FRAMES)
    expect(V).toBeGreaterThan(0)
    expect(logits.length).toBe(2 * CLASSES)
    expect(logits.every(Number.isFinite)).toBe(true)
  })

  it('tells clips apart, by far more than it confuses those of a batch', () => {
    const difference = largestDifference(logits.slice(0, CLASSES), logits.slice(CLASSES))
    expect(difference / scale).toBeGreaterThan(100 * CLOSE)
  })

  it('has parameters and buffers of distinct names, each its own', () => {
    const variables = [...network.variables()]
    expect(new Set(variables.map(([path]) => path)).size).toBe(variables.length)
    expect(new Set(variables.map(([, variable]) => variable)).size).toBe(variables.length)
    for (const [path, variable] of variables) expect(variable.name).toBe(path)
    expect(network.parameters().length + network.buffers().length).toBe(variables.length)
  })

  it('has initial values that depend on the seed alone', () => {
    const values = (seed: number) =>
      createHash('sha256')
        .update(fileOf(perturbedNetwork(name, seed)))
        .digest('hex')
    const ofFirst = values(1)
    expect(values(1)).toBe(ofFirst)
    expect(values(2)).not.toBe(ofFirst)
  })

  it('has a gradient for every parameter, finite and not zero', async () => {
    const parameters = network.parameters()
    const graph = trace(
      { clip: f32(...clipShape(2)), label: i32(2) },
      ({ clip, label }) => {
        const found = gradients(crossEntropy(network.forward(clip), label), parameters.map(read))
        const missing = parameters.filter((_, i) => !found[i]).map((parameter) => parameter.name)
        expect(missing).toEqual([])
        return Object.fromEntries(found.map((d, i) => [parameters[i].name, d!]))
      },
      // With the running statistics even a bias in front of a normalisation counts.
      { training: false },
    )
    for (const [i, { tensor }] of graph.outputs.entries()) expect(tensor.shape).toEqual(parameters[i].shape)
    const step = await new CpuDevice({ threads: 1 }).compile(graph)
    const results = await step.run({ clip: pair, label: Int32Array.of(0, 3) })
    await step.release()
    const broken = Object.entries(results).filter(
      ([, d]) => !d.every(Number.isFinite) || d.every((value) => value === 0),
    )
    expect(broken.map(([path]) => path)).toEqual([])
  })

  it('trains: batch statistics are used and every running statistic moves', () => {
    const ownLogits = training.logits.slice(0, CLASSES)
    expect(largestDifference(training.besideAnother, ownLogits)).toBeGreaterThan(100 * CLOSE)
    for (const [path, moved] of training.moved) expect(moved, path).toBe(path.includes('.running_'))
  })

  it('scores a clip alike whatever the other clips of the batch are', async () => {
    const alone = await logitsOf(network, first)
    expect(largestDifference(alone, logits.slice(0, CLASSES)) / scale).toBeLessThan(CLOSE)
    const other = clips(1, 8).map((value) => value * 100)
    const besideOther = await evaluation.run(Float32Array.of(...other, ...first))
    expect(largestDifference(besideOther.slice(CLASSES), alone) / scale).toBeLessThan(CLOSE)
  })

  it('scores alike after its variables went through a file', async () => {
    const restored = perturbedNetwork(name, 2)
    const { tensors } = readSafetensors(fileOf(network))
    expect([...tensors.keys()].sort()).toEqual([...restored.variables()].map(([path]) => path).sort())
    for (const [path, variable] of restored.variables()) variable.values.set(tensors.get(path)!.data as Float32Array)
    expect(await logitsOf(restored, pair)).toEqual(logits)
  })

  it('scores alike as an ONNX file of standard operators in ONNX Runtime', async () => {
    const graph = trace({ clip: f32(...clipShape(2)) }, ({ clip }) => ({ logits: network.forward(clip) }))
    const bytes = exportOnnx(graph, { task: 'test' })
    const session = await ort.InferenceSession.create(bytes, { executionProviders: ['cpu'], intraOpNumThreads: 1 })
    expect([session.inputNames, session.outputNames]).toEqual([['clip'], ['logits']])
    const results = await session.run({ clip: new ort.Tensor('float32', pair, clipShape(2)) })
    await session.release()
    expect(largestDifference(results.logits.data as Float32Array, logits) / scale).toBeLessThan(CLOSE)
    expect(Buffer.from(bytes).includes('com.microsoft')).toBe(false)
  })
})

describe('createBackbone', () => {
  const input = { layout: nturgbD, persons: 1, channels: 3 }

  it('names the networks it knows when asked for another', () => {
    expect(() => createBackbone('stgcn+', input)).toThrow(
      new RegExp(`unknown backbone[\\s\\S]*${BACKBONE_NAMES.join(', ')}[\\s\\S]*stgcn\\+`),
    )
  })

  it('builds every network from 8 channels on, and says so for fewer', () => {
    for (const name of BACKBONE_NAMES) {
      expect(createBackbone(name, input, { width: 8 }).outChannels, name).toBe(32)
      for (const width of [7, 0, 8.5, Number.NaN])
        expect(() => createBackbone(name, input, { width }), name).toThrow(/width[\s\S]*8 or more/)
    }
  })
})
