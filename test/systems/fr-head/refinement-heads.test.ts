import { describe, expect, it } from 'vitest'
import { createBackbone } from '../../../src/models/build.ts'
import { OriginalAaGcn } from '../../../src/models/original/aagcn.ts'
import { OriginalClassifier } from '../../../src/models/original/classifier.ts'
import { OriginalCtrGcn } from '../../../src/models/original/ctrgcn.ts'
import { LearnedGraphStGcn } from '../../../src/models/original/learned-graph-stgcn.ts'
import { Recognizer } from '../../../src/models/recognizer.ts'
import type { StagedBackbone } from '../../../src/models/staged-backbone.ts'
import { type Module, nameParts } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { graphAdjacency } from '../../../src/skeleton/graph.ts'
import { ntuRgbD, nwUcla } from '../../../src/skeleton/layouts/index.ts'
import { RefinedClassifier } from '../../../src/systems/fr-head/refined-classifier.ts'
import { RefinementHeads } from '../../../src/systems/fr-head/refinement-heads.ts'
import { f32, gradients, i32, read, sizeOf, trace } from '../../../src/tensor/index.ts'

const random = new CounterStream(1)
const ntu = { persons: 2, frames: 64, joints: 25 }
const ucla = { persons: 1, frames: 52, joints: 20 }
const ntuGraph = graphAdjacency(ntuRgbD, { mode: 'spatial' })
const uclaGraph = graphAdjacency(nwUcla, { mode: 'spatial' })

const trained = (module: Module) => module.parameters().reduce((total, { shape }) => total + sizeOf(shape), 0)

function refined(backbone: StagedBackbone, clip: typeof ntu, classes: number): RefinedClassifier {
  return new RefinedClassifier(
    new OriginalClassifier(backbone, classes),
    new RefinementHeads(backbone, clip, classes, random),
  )
}

describe('refinement heads', () => {
  it.each([
    ['CTR-GCN on NTU RGB+D 60', () => new OriginalCtrGcn(ntuGraph), ntu, 60, 1_983_628, 1_446_672],
    ['CTR-GCN on NTU RGB+D 120', () => new OriginalCtrGcn(ntuGraph), ntu, 120, 1_999_048, 1_462_092],
    ['CTR-GCN on NW-UCLA', () => new OriginalCtrGcn(uclaGraph, { numPerson: 1 }), ucla, 10, 1_934_197, 1_426_892],
    ['AAGCN on NTU RGB+D 60', () => new OriginalAaGcn(ntuGraph), ntu, 60, 4_318_624, 3_781_668],
    ['ST-GCN on NTU RGB+D 60', () => new LearnedGraphStGcn(25), ntu, 60, 2_629_858, 2_092_902],
  ])('have the published number of parameters with %s', (_, build, clip, classes, withHeads, without) => {
    const network = refined(build(), clip, classes)
    expect(trained(network)).toBe(withHeads)
    expect(trained(network.classifier)).toBe(without)
  })

  it('sit on a network in the form of PYSKL, too, on clips of any length', () => {
    const input = { layout: nwUcla, persons: 2, channels: 3 }
    const backbone = createBackbone('stgcnpp', input, { width: 24 }) as StagedBackbone
    const clip = { persons: 2, frames: 13, joints: 20 }
    const classifier = new Recognizer(backbone, 4)
    const network = nameParts(new RefinedClassifier(classifier, new RefinementHeads(backbone, clip, 4, random)))
    const graph = trace(
      { x: f32(3, 2, 13, 20, 3), label: i32(3) },
      ({ x, label }) => network.forwardRefined(x, label),
      { training: true },
    )
    expect(graph.outputs.map(({ name, tensor }) => [name, tensor.shape])).toEqual([
      ['logits', [3, 4]],
      ['contrast', []],
    ])
    const moved = graph.state.filter(({ variable, next }) => next && variable.name.endsWith('avg_f'))
    expect(moved.map(({ variable }) => variable.name)).toContain('ren_low.spatio_cl_net.avg_f')
    expect(moved).toHaveLength(8)
  })

  it('pass gradients to the features, not to the classifier', () => {
    const network = nameParts(refined(new OriginalCtrGcn(uclaGraph, { numPerson: 1, baseChannels: 8 }), ucla, 3))
    const byName = new Map(network.parameters().map((parameter) => [parameter.name, parameter]))
    const wanted = ['l1.gcn1.PA', 'l10.gcn1.PA', 'ren_fin.tempor_cl_net.cl_fc.weight', 'fc.weight']
    let found: boolean[] = []
    trace(
      { x: f32(2, 1, 52, 20, 3), label: i32(2) },
      ({ x, label }) => {
        const { contrast } = network.forwardRefined(x, label)
        found = gradients(
          contrast,
          wanted.map((name) => read(byName.get(name)!)),
        ).map((gradient) => !!gradient)
        return {}
      },
      { training: true },
    )
    expect(found).toEqual([true, true, true, false])
  })

  it('begin with other prototypes in every net', () => {
    const heads = new RefinementHeads(new OriginalCtrGcn(uclaGraph, { numPerson: 1 }), ucla, 10, random)
    const memories = [...heads.variables()].filter(([name]) => name.endsWith('avg_f'))
    expect(new Set(memories.map(([, { values }]) => values[0])).size).toBe(8)
  })

  it('refuse more frames than channels, and a backbone of other blocks', () => {
    const backbone = new OriginalCtrGcn(uclaGraph, { numPerson: 1, baseChannels: 8 })
    expect(() => refined(backbone, { ...ucla, frames: 257 }, 3)).toThrow('more channels')
    const short = { ...backbone, stages: backbone.stages.slice(0, 9) } as unknown as StagedBackbone
    expect(() => new RefinementHeads(short, ucla, 3, random)).toThrow('10 blocks')
  })

  it('refuse features of another clip', () => {
    const network = refined(new OriginalCtrGcn(uclaGraph, { numPerson: 1, baseChannels: 8 }), ucla, 3)
    const longer = { x: f32(2, 1, 60, 20, 3), label: i32(2) }
    expect(() => trace(longer, ({ x, label }) => network.forwardRefined(x, label))).toThrow('RefinementHead')
  })
})
