import { OssatureError } from '../errors.ts'
import { graphAdjacency, stgcnAdjacency } from '../skeleton/graph.ts'
import type { Layout } from '../skeleton/layout.ts'
import { ntuRgbD, nturgbD } from '../skeleton/layouts/index.ts'
import { AaGcn } from './aagcn.ts'
import type { Backbone } from './backbone.ts'
import { randomGraphs } from './blocks/graph/dggcn.ts'
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

/** Options that networks share, under their authors' names. */
interface SharedOptions {
  readonly inChannels: number
  readonly baseChannels?: number
  readonly numPerson: number
}

interface DroppingOptions extends SharedOptions {
  readonly tcnDropout?: number
}

/** Networks that may have dropout in their temporal convolutions. */
const DROPPING: Readonly<Record<string, (layout: Layout, options: DroppingOptions) => Backbone>> = {
  stgcnpp: (layout, options) =>
    new StGcn(graphAdjacency(layout, { mode: 'spatial' }), {
      ...options,
      gcnAdaptive: 'init',
      gcnWithRes: true,
      tcnType: 'mstcn',
    }),
  stgcn: (layout, options) => new StGcn(graphAdjacency(layout, { mode: 'stgcn_spatial' }), options),
  ctrgcn: (layout, options) => new CtrGcn(graphAdjacency(layout, { mode: 'spatial' }), options),
  aagcn: (layout, options) => new AaGcn(graphAdjacency(layout, { mode: 'spatial' }), options),
  msg3d: (layout, options) => new MsG3d(graphAdjacency(layout, { mode: 'binary_adj' }), options),
  dgstgcn: (layout, { tcnDropout, ...options }) =>
    new DgStGcn(randomGraphs(8, layout.joints.length), {
      ...options,
      gcn: { ratio: 0.125 },
      tcn: { numJoints: layout.joints.length, dropout: tcnDropout },
    }),
  'stgcn-original': (layout, { inChannels, baseChannels, tcnDropout }) =>
    new OriginalStGcn(stgcnAdjacency(authorsLayout(layout), { strategy: 'spatial' }), {
      inChannels,
      baseChannels,
      dropout: tcnDropout,
    }),
}

/** Networks that have none. */
const OTHERS: Readonly<Record<string, (layout: Layout, options: SharedOptions) => Backbone>> = {
  '2s-agcn-original': (layout, options) => new OriginalAgcn(authorsGraph(layout), options),
  'aagcn-original': (layout, options) => new OriginalAaGcn(authorsGraph(layout), options),
  'ctrgcn-original': (layout, options) => new OriginalCtrGcn(authorsGraph(layout), options),
  'msg3d-original': (layout, options) =>
    new OriginalMsG3d(graphAdjacency(authorsLayout(layout), { mode: 'binary_adj' }), options),
}

/** The authors' networks hang the hand tips of NTU RGB+D on the thumbs. */
function authorsLayout(layout: Layout): Layout {
  return layout.name === nturgbD.name ? ntuRgbD : layout
}

const authorsGraph = (layout: Layout) => graphAdjacency(authorsLayout(layout), { mode: 'spatial' })

/** Names that `createBackbone` knows. */
export const BACKBONE_NAMES = [...Object.keys(DROPPING), ...Object.keys(OTHERS)]

export interface BackboneOptions {
  /** Channels of the first block, 8 or more; by default the published number. */
  readonly width?: number
  /** Probability of dropout in the temporal part of the blocks, where the authors have one; default 0. */
  readonly tcnDropout?: number
}

/** Channels of the first block that every network can divide among its branches and groups. */
const LEAST_WIDTH = 8

/**
 * A backbone by its name.
 * @throws OssatureError for an unknown name, too small a width, or dropout in a network that has none
 */
export function createBackbone(name: string, input: BackboneInput, options: BackboneOptions = {}): Backbone {
  const { layout, persons: numPerson, channels: inChannels } = input
  const { width: baseChannels, tcnDropout = 0 } = options
  if (!BACKBONE_NAMES.includes(name))
    throw new OssatureError('unknown backbone', { expected: BACKBONE_NAMES.join(', '), found: name })
  if (baseChannels !== undefined && !(Number.isInteger(baseChannels) && baseChannels >= LEAST_WIDTH)) {
    throw new OssatureError('a network cannot have this width', {
      where: name,
      expected: `a whole number of channels, ${LEAST_WIDTH} or more`,
      found: String(baseChannels),
    })
  }
  const shared = { inChannels, baseChannels, numPerson }
  if (Object.hasOwn(DROPPING, name)) return DROPPING[name](layout, { ...shared, tcnDropout })
  if (tcnDropout !== 0) {
    throw new OssatureError('this network has no dropout in its temporal convolutions', {
      where: name,
      expected: `tcnDropout 0, or one of ${Object.keys(DROPPING).join(', ')}`,
      found: `tcnDropout ${tcnDropout}`,
      hint: 'Leave tcnDropout out; dropout in front of the classifier works with every network.',
    })
  }
  return OTHERS[name](layout, shared)
}
