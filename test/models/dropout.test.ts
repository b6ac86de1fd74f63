import { describe, expect, it } from 'vitest'
import { BACKBONE_NAMES, createBackbone } from '../../src/models/build.ts'
import { OriginalClassifier } from '../../src/models/original/classifier.ts'
import { Recognizer } from '../../src/models/recognizer.ts'
import { Module, nameParts } from '../../src/nn/index.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { nwUcla } from '../../src/skeleton/layouts/index.ts'
import { f32, full, RandomState, type Tensor, trace } from '../../src/tensor/index.ts'
import { countOperators } from '../tensor/passes/count-operators.ts'
import { draws, droppingScopes } from './dropping-scopes.ts'

const INPUT = { layout: nwUcla, persons: 1, channels: 3 }

/** The graph of a network's features. */
function features(name: string, tcnDropout: number, training: boolean) {
  const backbone = nameParts(createBackbone(name, INPUT, { width: 8, tcnDropout }))
  return trace({ clip: f32(2, 1, 8, 20, 3) }, ({ clip }) => ({ features: backbone.forward(clip) }), {
    training,
    random: new RandomState(0),
  })
}

/** Paths of a part of the second to the tenth block. */
const afterFirst = (blocks: string, part: string) => Array.from({ length: 9 }, (_, i) => `${blocks}.${i + 1}.${part}`)

/** Where the authors' code drops. */
const DROPPING: Readonly<Record<string, readonly string[]>> = {
  stgcn: afterFirst('gcn', 'tcn'),
  stgcnpp: afterFirst('gcn', 'tcn'),
  aagcn: afterFirst('gcn', 'tcn'),
  dgstgcn: afterFirst('gcn', 'tcn'),
  ctrgcn: afterFirst('net', 'tcn1'),
  msg3d: ['tcn1', 'tcn2', 'tcn3'],
  'stgcn-original': afterFirst('st_gcn_networks', 'tcn.4'),
}

describe.each(Object.entries(DROPPING))('dropout inside %s', (name, scopes) => {
  it('is where its authors have it', () => {
    expect(droppingScopes(features(name, 0.3, true))).toEqual(scopes)
  })

  it('adds nothing to the graph in evaluation, nor with probability 0', () => {
    const [evaluated, plain] = [0.3, 0].map((p) => features(name, p, false))
    expect(countOperators([evaluated.outputs[0].tensor])).toEqual(countOperators([plain.outputs[0].tensor]))
    for (const graph of [evaluated, features(name, 0, true)]) {
      expect(draws(graph)).toBe(false)
      expect(droppingScopes(graph)).toEqual([])
    }
  })
})

it.each(BACKBONE_NAMES.filter((name) => !(name in DROPPING)))('%s refuses dropout inside', (name) => {
  expect(() => createBackbone(name, INPUT, { width: 8, tcnDropout: 0.5 })).toThrow(
    new RegExp(`^${name}: .*no dropout.*\\n.*stgcnpp, stgcn, .*, stgcn-original\\n.*tcnDropout 0\\.5`),
  )
  expect(() => createBackbone(name, INPUT, { width: 8, tcnDropout: 0 })).not.toThrow()
})

/** Features of one channel per class, which a classifier of ones and zeros passes on. */
class Channels extends Module {
  readonly outChannels = 200

  forward(x: Tensor): Tensor {
    return x
  }
}

describe.each([
  ['Recognizer', (p?: number) => new Recognizer(new Channels(), 200, p)],
  ['OriginalClassifier fc', (dropOut?: number) => new OriginalClassifier(new Channels(), 200, { dropOut })],
  [
    'OriginalClassifier fcn',
    (dropOut?: number) => new OriginalClassifier(new Channels(), 200, { dropOut, layerName: 'fcn' }),
  ],
] as const)('dropout of %s', (_, create) => {
  /** Logits (4, 200) of features that are 3 everywhere. */
  async function logits(p: number | undefined, training: boolean) {
    const classifier = nameParts(create(p))
    const weight = classifier.parameters().find(({ name }) => name.endsWith('weight'))!
    for (let c = 0; c < 200; c++) weight.values[c * 200 + c] = 1
    const graph = trace({}, () => ({ logits: classifier.classify(full([8, 200, 2, 2], 3), 2) }), {
      training,
      random: new RandomState(0),
    })
    const step = await new CpuDevice({ threads: 1 }).compile(graph)
    const results = await step.run({})
    await step.release()
    return { logits: results.logits as Float32Array, operators: countOperators([graph.outputs[0].tensor]) }
  }

  it('sets pooled features to zero in training and scales the rest', async () => {
    const { logits: dropped } = await logits(0.25, true)
    const kept = dropped.filter((value) => value !== 0)
    for (const value of kept) expect(value).toBeCloseTo(3 / 0.75, 5)
    expect(Math.abs(kept.length / 800 - 0.75) / Math.sqrt((0.75 * 0.25) / 800)).toBeLessThan(4)
  })

  it('adds nothing to the graph in evaluation, nor with probability 0', async () => {
    const plain = await logits(undefined, true)
    expect(new Set(plain.logits)).toEqual(new Set([3]))
    expect(await logits(0, true)).toEqual(plain)
    expect(await logits(0.25, false)).toEqual(plain)
  })
})
