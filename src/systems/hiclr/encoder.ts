import { DstaNet, type DstaOptions, type DstaStage } from '../../models/dsta/network.ts'
import { Encoder, projectionHead } from '../../models/encoder.ts'
import { HiclrStGcn } from '../../models/hiclr/stgcn.ts'
import { Linear, type Parameter } from '../../nn/index.ts'
import { type PartitionOptions, stgcnAdjacency } from '../../skeleton/graph.ts'
import type { Layout } from '../../skeleton/layout.ts'

/** What stands behind the features: a projection for contrastive learning, or a classifier. */
export type HeadOptions =
  | { readonly kind: 'projection'; readonly featureDim?: number; readonly mlp?: boolean }
  | { readonly kind: 'classifier'; readonly classes: number }

/** `strategy` is `spatial` by default. */
export interface StGcnEncoderOptions extends Readonly<Partial<PartitionOptions>> {
  readonly layout: Layout
  readonly inChannels?: number
  readonly hiddenChannels?: number
  readonly hiddenDim?: number
  readonly dropout?: number
}

/** The ST-GCN of HiCLR, a quarter as wide as the original. */
export function stGcnEncoder(options: StGcnEncoderOptions, head: HeadOptions): Encoder {
  const { layout, strategy = 'spatial', maxHop, dilation } = options
  const { inChannels, hiddenChannels = 16, hiddenDim = 256, dropout = 0.5 } = options
  const backbone = new HiclrStGcn(stgcnAdjacency(layout, { strategy, maxHop, dilation }), {
    inChannels,
    baseChannels: hiddenChannels,
    lastChannels: hiddenDim,
    dropout,
  })
  return new Encoder(backbone, headOf(backbone.outChannels, head))
}

export interface DstaEncoderOptions extends DstaOptions {
  /** Probability of dropout in front of the head. */
  readonly dropout?: number
}

/** The blocks of DSTA-Net in the recipes of HiCLR. */
export const DSTA_BLOCKS: readonly DstaStage[] = [
  [32, 32, 16, 1],
  [32, 32, 16, 1],
  [32, 64, 16, 2],
  [64, 64, 16, 1],
  [64, 128, 32, 2],
  [128, 128, 32, 1],
  [128, 128, 32, 1],
  [128, 256, 32, 1],
]

/** The transformer of HiCLR. */
export function dstaEncoder({ dropout, ...options }: DstaEncoderOptions, head: HeadOptions): Encoder {
  const backbone = new DstaNet(options)
  return new Encoder(backbone, headOf(backbone.outChannels, head), { dropout })
}

function headOf(width: number, head: HeadOptions) {
  if (head.kind === 'classifier') return new Linear(width, head.classes)
  return projectionHead(width, head.featureDim ?? 128, { mlp: head.mlp })
}

/** What an optimiser may change of an encoder. `fixConv1`: all but the first projection of a transformer. */
export function trainedParameters(encoder: Encoder, fixConv1 = false): Parameter[] {
  const { backbone } = encoder
  const fixed = new Set(fixConv1 && backbone instanceof DstaNet ? backbone.proj.parameters() : [])
  return encoder.parameters().filter((parameter) => !fixed.has(parameter))
}
