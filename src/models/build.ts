import { OssatureError } from '../errors.ts'
import { graphAdjacency } from '../skeleton/graph.ts'
import type { Layout } from '../skeleton/layout.ts'
import type { Backbone } from './backbone.ts'
import { CtrGcn } from './ctrgcn.ts'
import { StGcn } from './stgcn.ts'

/** What the data decides about a network. */
export interface BackboneInput {
  readonly layout: Layout
  readonly persons: number
  readonly channels: number
}

type BackboneBuilder = (input: BackboneInput, width?: number) => Backbone

const BACKBONES: Readonly<Record<string, BackboneBuilder>> = {
  stgcnpp: ({ layout, persons, channels }, baseChannels) =>
    new StGcn(graphAdjacency(layout, { mode: 'spatial' }), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
      gcnAdaptive: 'init',
      gcnWithRes: true,
      tcnType: 'mstcn',
    }),
  stgcn: ({ layout, persons, channels }, baseChannels) =>
    new StGcn(graphAdjacency(layout, { mode: 'stgcn_spatial' }), {
      inChannels: channels,
      baseChannels,
      numPerson: persons,
    }),
  ctrgcn: ({ layout, persons, channels }, baseChannels) =>
    new CtrGcn(graphAdjacency(layout, { mode: 'spatial' }), { inChannels: channels, baseChannels, numPerson: persons }),
}

/** Names that `createBackbone` knows. */
export const BACKBONE_NAMES = Object.keys(BACKBONES)

/**
 * A backbone by its name.
 * @param width channels of the first block, the published 64 by default
 * @throws OssatureError for an unknown name
 */
export function createBackbone(name: string, input: BackboneInput, width?: number): Backbone {
  const build = BACKBONES[name]
  if (!build) throw new OssatureError('unknown backbone', { expected: BACKBONE_NAMES.join(', '), found: name })
  return build(input, width)
}
