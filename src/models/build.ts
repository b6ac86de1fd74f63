import { OssatureError } from '../errors.ts'
import { graphAdjacency, stgcnAdjacency } from '../skeleton/graph.ts'
import type { Layout } from '../skeleton/layout.ts'
import { ntuRgbD, nturgbD } from '../skeleton/layouts/index.ts'
import { AaGcn } from './aagcn.ts'
import type { Backbone } from './backbone.ts'
import { randomGraphs } from './blocks/dggcn.ts'
import { CtrGcn } from './ctrgcn.ts'
import { DgStGcn } from './dgstgcn.ts'
import { MsG3d } from './msg3d.ts'
import { OriginalAaGcn } from './original/aagcn.ts'
import { OriginalAgcn } from './original/agcn.ts'
import { OriginalCtrGcn } from './original/ctrgcn.ts'
import { OriginalMsG3d } from './original/msg3d.ts'
import { OriginalStGcn } from './original/stgcn.ts'
import { StGcn } from './stgcn.ts'

/** What the data decides about a network. */
export interface BackboneInput {
  readonly layout: Layout
  readonly persons: number
  readonly channels: number
}

type BackboneBuilder = (input: BackboneInput, width?: number, tcnDropout?: number) => Backbone

const BACKBONES: Readonly<Record<string, BackboneBuilder>> = {
  stgcnpp: ({ layout, persons, channels }, baseChannels, tcnDropout) =>
    new StGcn(graphAdjacency(layout, { mode: 'spatial' }), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
      gcnAdaptive: 'init',
      gcnWithRes: true,
      tcnType: 'mstcn',
      tcnDropout,
    }),
  stgcn: ({ layout, persons, channels }, baseChannels, tcnDropout) =>
    new StGcn(graphAdjacency(layout, { mode: 'stgcn_spatial' }), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
      tcnDropout,
    }),
  ctrgcn: ({ layout, persons, channels }, baseChannels, tcnDropout) =>
    new CtrGcn(graphAdjacency(layout, { mode: 'spatial' }), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
      tcnDropout,
    }),
  aagcn: ({ layout, persons, channels }, baseChannels, tcnDropout) =>
    new AaGcn(graphAdjacency(layout, { mode: 'spatial' }), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
      tcnDropout,
    }),
  msg3d: ({ layout, persons, channels }, baseChannels, tcnDropout) =>
    new MsG3d(graphAdjacency(layout, { mode: 'binary_adj' }), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
      tcnDropout,
    }),
  dgstgcn: ({ layout, persons, channels }, baseChannels, tcnDropout) =>
    new DgStGcn(randomGraphs(8, layout.joints.length), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
      gcn: { ratio: 0.125 },
      tcn: { numJoints: layout.joints.length, dropout: tcnDropout },
    }),
  'stgcn-original': ({ layout, channels }, baseChannels, tcnDropout) =>
    new OriginalStGcn(stgcnAdjacency(authorsLayout(layout), { strategy: 'spatial' }), {
      inChannels: channels,
      baseChannels,
      dropout: tcnDropout,
    }),
  '2s-agcn-original': ({ layout, persons, channels }, baseChannels) =>
    new OriginalAgcn(authorsGraph(layout), { inChannels: channels, baseChannels, numPerson: persons }),
  'aagcn-original': ({ layout, persons, channels }, baseChannels) =>
    new OriginalAaGcn(authorsGraph(layout), { inChannels: channels, baseChannels, numPerson: persons }),
  'ctrgcn-original': ({ layout, persons, channels }, baseChannels) =>
    new OriginalCtrGcn(authorsGraph(layout), { inChannels: channels, baseChannels, numPerson: persons }),
  'msg3d-original': ({ layout, persons, channels }, baseChannels) =>
    new OriginalMsG3d(graphAdjacency(authorsLayout(layout), { mode: 'binary_adj' }), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
    }),
}

/** The authors' networks hang the hand tips of NTU RGB+D on the thumbs. */
function authorsLayout(layout: Layout): Layout {
  return layout.name === nturgbD.name ? ntuRgbD : layout
}

const authorsGraph = (layout: Layout) => graphAdjacency(authorsLayout(layout), { mode: 'spatial' })

/** Networks that have no dropout inside. */
const WITHOUT_TCN_DROPOUT = new Set(['2s-agcn-original', 'aagcn-original', 'ctrgcn-original', 'msg3d-original'])

/** Names that `createBackbone` knows. */
export const BACKBONE_NAMES = Object.keys(BACKBONES)

/**
 * A backbone by its name.
 * @param width channels of the first block, the published number by default
 * @param tcnDropout probability of dropout in the temporal part of the blocks, where the authors have one
 * @throws OssatureError for an unknown name, or dropout in a network that has none
 */
export function createBackbone(name: string, input: BackboneInput, width?: number, tcnDropout = 0): Backbone {
  const build = BACKBONES[name]
  if (!build) throw new OssatureError('unknown backbone', { expected: BACKBONE_NAMES.join(', '), found: name })
  if (tcnDropout !== 0 && WITHOUT_TCN_DROPOUT.has(name)) {
    throw new OssatureError('this network has no dropout in its temporal convolutions', {
      where: name,
      expected: `tcnDropout 0, or one of ${BACKBONE_NAMES.filter((other) => !WITHOUT_TCN_DROPOUT.has(other)).join(', ')}`,
      found: `tcnDropout ${tcnDropout}`,
      hint: 'Leave tcnDropout out; dropout in front of the classifier works with every network.',
    })
  }
  return build(input, width, tcnDropout)
}
