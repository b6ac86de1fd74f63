import { describe, expect, it } from 'vitest'
import type { Backbone3d } from '../../src/models/posec3d/backbone3d.ts'
import { Bottleneck3d } from '../../src/models/posec3d/bottleneck3d.ts'
import { C3d } from '../../src/models/posec3d/c3d.ts'
import { I3dHead } from '../../src/models/posec3d/i3d-head.ts'
import { Recognizer3d } from '../../src/models/posec3d/recognizer3d.ts'
import { ResNet3dSlowOnly } from '../../src/models/posec3d/resnet3d-slowonly.ts'
import { crossEntropy, initialize, type Module, nameParts } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { f32, gradients, read, type Shape, trace } from '../../src/tensor/index.ts'
import { randomFed, runGraph } from '../tensor/run-graph.ts'

/** Shape of what a network gives for an input of that shape. */
function outputShape(network: Module & { forward: Backbone3d['forward'] }, input: Shape): Shape {
  return trace({ x: f32(...input) }, ({ x }) => ({ y: network.forward(x) })).outputs[0].tensor.shape
}

function count(network: Module): number {
  return network.parameters().reduce((total, { values }) => total + values.length, 0)
}

function shapesOf(network: Module): Record<string, Shape> {
  return Object.fromEntries([...nameParts(network).variables()].map(([path, { shape }]) => [path, shape]))
}

/** SlowOnly of the published recipe for 17 joints. */
const LIGHT = {
  inChannels: 17,
  baseChannels: 32,
  numStages: 3,
  stageBlocks: [4, 6, 3],
  conv1Stride: [1, 1],
  pool1Stride: [1, 1],
  inflate: [0, 1, 1],
  spatialStrides: [2, 2, 2],
  temporalStrides: [1, 1, 2],
} as const

describe('SlowOnly', () => {
  it('has the published size with 60 classes', () => {
    expect(count(new Recognizer3d(new ResNet3dSlowOnly(LIGHT), new I3dHead(512, 60)))).toBe(2_024_860)
  })

  it('halves space in every stage and time in the last', () => {
    const network = new ResNet3dSlowOnly(LIGHT)
    expect(outputShape(network, [1, 17, 8, 24, 20])).toEqual([1, network.outChannels, 4, 3, 3])
  })

  it('has the defaults of the original', () => {
    const network = new ResNet3dSlowOnly({ baseChannels: 4 })
    const blocks = [...network.parts()].slice(1).map(([, layer]) => [...layer.parts()].length)
    expect(blocks).toEqual([3, 4, 6, 3])
    // Stem, pooling and stages 2 to 4 halve space; no frame is lost.
    expect(outputShape(network, [1, 3, 3, 64, 32])).toEqual([1, 128, 3, 2, 1])
    const shapes = shapesOf(network)
    expect(shapes['conv1.conv.weight']).toEqual([4, 3, 1, 7, 7])
    expect(shapes['layer2.0.conv1.conv.weight']).toEqual([8, 16, 1, 1, 1])
    expect(shapes['layer3.0.conv1.conv.weight']).toEqual([16, 32, 3, 1, 1])
    expect(shapes['layer3.0.downsample.conv.weight']).toEqual([64, 32, 1, 1, 1])
    expect(shapes['layer3.1.downsample.conv.weight']).toBeUndefined()
    expect(Object.keys(shapes).filter((path) => path.endsWith('conv.bias'))).toEqual([])
  })

  it('hands on the output of an earlier stage', () => {
    const network = new ResNet3dSlowOnly({ ...LIGHT, baseChannels: 4, outIndex: 1 })
    expect(network.outChannels).toBe(32)
    expect(outputShape(network, [1, 17, 4, 16, 16])).toEqual([1, 32, 4, 4, 4])
  })

  it('takes strides of time and space at the stem and the pooling', () => {
    const options = { numStages: 1, baseChannels: 4, spatialStrides: [1], temporalStrides: [1] }
    const network = new ResNet3dSlowOnly({ ...options, conv1Stride: [2, 1], pool1Stride: [2, 3] })
    expect(outputShape(network, [1, 3, 9, 12, 12])).toEqual([1, 16, 3, 4, 4])
  })

  it('says which option has too few entries or names no stage', () => {
    expect(() => new ResNet3dSlowOnly({ ...LIGHT, inflate: [1] })).toThrow(/inflate: [\s\S]*3 entries[\s\S]*\[1\]/)
    expect(() => new ResNet3dSlowOnly({ ...LIGHT, outIndex: 3 })).toThrow(/out_indices: [\s\S]*0 to 2[\s\S]*3/)
  })
})

describe('the bottleneck of SlowOnly', () => {
  it('projects its input where width or spatial stride ask for it', () => {
    expect(new Bottleneck3d(16, 4).downsample).toBeUndefined()
    expect(new Bottleneck3d(16, 4, { space: 2 }).downsample).toBeDefined()
    expect(new Bottleneck3d(8, 4).downsample).toBeDefined()
  })

  it('does not where only time is strided: the shapes then do not fit, as in the original', () => {
    const block = nameParts(new Bottleneck3d(16, 4, { time: 2 }))
    expect(block.downsample).toBeUndefined()
    expect(() => outputShape(block, [1, 16, 4, 3, 3])).toThrow(
      /Add[\s\S]*f32\[1, 16, 2, 3, 3\][\s\S]*f32\[1, 16, 4, 3, 3\]/,
    )
  })
})

describe('C3D', () => {
  it('has the published size with 60 classes', () => {
    const backbone = new C3d({ inChannels: 17, baseChannels: 32, numStages: 3, temporalDownsample: false })
    expect(count(new Recognizer3d(backbone, new I3dHead(256, 60)))).toBe(3_404_892)
  })

  it.each([
    { numStages: 3, temporalDownsample: false, expected: [1, 16, 9, 2, 2] },
    { numStages: 3, temporalDownsample: true, expected: [1, 16, 2, 2, 2] },
    { numStages: 4, temporalDownsample: false, expected: [1, 16, 9, 1, 1] },
    { numStages: 4, temporalDownsample: true, expected: [1, 16, 1, 1, 1] },
  ])('with $numStages stages, temporal downsampling $temporalDownsample', ({ expected, ...options }) => {
    const network = new C3d({ inChannels: 5, baseChannels: 2, ...options })
    expect(network.outChannels).toBe(16)
    expect(outputShape(network, [1, 5, 9, 16, 23])).toEqual(expected)
  })

  it('has three or four stages', () => {
    expect(() => new C3d({ numStages: 5 })).toThrow(/3 or 4[\s\S]*5/)
  })
})

describe('the head of PoseC3D', () => {
  it('classifies the mean over frames and space', async () => {
    const head = new I3dHead(2, 2)
    head.fc_cls.weight.values.set([1, 2, 3, 4])
    head.fc_cls.bias!.values.set([10, 20])
    const features = { shape: [1, 2, 2, 1, 2], data: Float32Array.of(1, 2, 3, 6, 0, 0, 4, 4) }
    expect(outputShape(head, features.shape)).toEqual([1, 2])
    // The means are 3 and 2.
    const { logits } = await runGraph({ features }, (t) => ({ logits: head.forward(t.features) }))
    expect(logits).toEqual([17, 37])
  })
})

describe('PoseC3D as it trains', () => {
  it.each([
    ['SlowOnly', new ResNet3dSlowOnly({ ...LIGHT, inChannels: 3, baseChannels: 2, stageBlocks: [1, 2, 1] }), 32],
    ['C3D', new C3d({ inChannels: 3, baseChannels: 2, numStages: 3 }), 16],
  ] as const)('%s: every parameter has a gradient that is finite and not zero', async (_, backbone, width) => {
    const network = initialize(nameParts(new Recognizer3d(backbone, new I3dHead(width, 3, 0))), new CounterStream(1))
    const parameters = network.parameters()
    const x = randomFed([2, 3, 4, 16, 16], 1, 0, 1)
    const label = { shape: [2], data: Int32Array.of(0, 2) }
    const found = await runGraph(
      { x, label },
      (t) => {
        const loss = crossEntropy(network.forward(t.x), t.label)
        return Object.fromEntries(gradients(loss, parameters.map(read)).map((d, i) => [parameters[i].name, d!]))
      },
      { training: true },
    )
    const broken = Object.entries(found).filter(([, d]) => !d.every(Number.isFinite) || d.every((v) => v === 0))
    expect(broken.map(([name]) => name)).toEqual([])
  })
})
