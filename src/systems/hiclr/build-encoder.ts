import type { DstaStage } from '../../models/dsta/network.ts'
import type { Encoder } from '../../models/encoder.ts'
import type { Layout } from '../../skeleton/layout.ts'
import { DSTA_BLOCKS, dstaEncoder, type HeadOptions, stGcnEncoder } from './encoder.ts'
import type { HiclrOptions } from './options.ts'

/** Channels of the first block of the published encoders. */
const WIDTH = { 'st-gcn': 16, dsta: 32 } as const

/** Of the last block of st-gcn, by that of the first. */
const GROWTH = 16

/** Clips that an encoder is built for. */
export interface EncodedClips {
  readonly layout: Layout
  readonly clipLength: number
  readonly channels: number
}

/** The encoder that the options ask for, as published but for its width. */
export function buildEncoder(
  { encoder, width = WIDTH[encoder] }: Pick<HiclrOptions, 'encoder' | 'width'>,
  { layout, clipLength, channels }: EncodedClips,
  dropout: number,
  head: HeadOptions,
): Encoder {
  if (encoder === 'st-gcn') {
    const widths = { hiddenChannels: width, hiddenDim: GROWTH * width }
    return stGcnEncoder({ layout, inChannels: channels, ...widths, dropout }, head)
  }
  const scaled = (count: number) => (count * width) / WIDTH.dsta
  const config = DSTA_BLOCKS.map(
    ([from, to, inter, stride]): DstaStage => [scaled(from), scaled(to), scaled(inter), stride],
  )
  return dstaEncoder(
    {
      numPoint: layout.joints.length,
      numFrame: clipLength,
      numChannel: channels,
      config,
      useTemporalAtt: false,
      attentiondrop: dropout,
    },
    head,
  )
}
