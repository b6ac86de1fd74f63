import { OssatureError } from '../../errors.ts'
import {
  BatchNorm,
  type Conv2d,
  FeatureDropout,
  kaimingNormalFanOut,
  Module,
  pointwise,
  Sequential,
} from '../../nn/index.ts'
import { leakyRelu, reshape, type Tensor, transpose } from '../../tensor/index.ts'
import type { Backbone } from '../backbone.ts'
import type { AlterGraph } from '../blocks/graph/random-edges.ts'
import { type DstaAttention, DstaBlock } from './block.ts'

/** One block: channels in and out, channels of a comparison, temporal stride. */
export type DstaStage = readonly [inChannels: number, outChannels: number, interChannels: number, stride: number]

export interface DstaOptions extends DstaAttention {
  readonly numPoint?: number
  /** Frames of a clip. */
  readonly numFrame?: number
  readonly numChannel?: number
  readonly config: readonly DstaStage[]
  /** Probability of dropout at the end, of all channels of a joint in a frame. */
  readonly dropout2d?: number
}

/**
 * DSTA-Net (Shi et al. 2020, "Decoupled Spatial-Temporal Attention Network for Skeleton-Based Action Recognition", arXiv
 * 2007.03263), in the form of HiCLR.
 */
export class DstaNet extends Module implements Backbone {
  readonly proj: Conv2d
  readonly input_map: Sequential
  readonly graph_layers: readonly DstaBlock[]
  readonly outChannels: number
  private readonly drop: FeatureDropout
  private readonly frames: number
  private readonly exact: boolean

  /** @throws OssatureError for no blocks, or blocks that do not follow each other */
  constructor(options: DstaOptions) {
    super()
    const { numPoint = 25, numFrame = 32, numChannel = 3, config, dropout2d = 0, ...attention } = options
    const broken = config.findIndex(([inChannels], i) => i > 0 && inChannels !== config[i - 1][1])
    if (config.length === 0 || broken >= 0)
      throw new OssatureError('the blocks of DSTA-Net do not follow each other', {
        where: broken < 0 ? 'config' : `config, block ${broken + 1}`,
        expected: broken < 0 ? 'at least one block' : `${config[broken - 1][1]} channels in`,
        found: broken < 0 ? 'none' : `${config[broken][0]}`,
      })
    const width = config[0][0]
    this.frames = numFrame
    this.exact = (options.useTemporalAtt ?? true) && (options.gloRegT ?? false)
    this.proj = pointwise(numChannel, width, { initialWeight: kaimingNormalFanOut })
    this.input_map = new Sequential(new BatchNorm(width, { twoPass: true }), (x: Tensor) => leakyRelu(x, 0.1))
    let frames = numFrame
    this.graph_layers = config.map(([inChannels, outChannels, interChannels, stride]) => {
      const block = new DstaBlock(
        { inChannels, outChannels, interChannels, stride, joints: numPoint, frames },
        attention,
      )
      frames = Math.floor(frames / stride + 0.5)
      return block
    })
    this.outChannels = config[config.length - 1][1]
    this.drop = new FeatureDropout(dropout2d)
  }

  /** x (N, M, T, V, C) to (N * M, outChannels, T', V). `alter` changes the attention maps of the joints. */
  forward(x: Tensor, alter?: AlterGraph): Tensor {
    const [N, M, T, V, C] = x.shape
    if (this.exact ? T !== this.frames : T > this.frames)
      throw new OssatureError('the clip does not fit the network', {
        where: 'DSTA-Net',
        expected: `${this.exact ? '' : 'at most '}${this.frames} frames`,
        found: `${T}`,
      })
    const points = transpose(reshape(x, [N * M, T, V, C]), [0, 3, 1, 2])
    const mapped = this.input_map.forward(this.proj.forward(points))
    const features = this.graph_layers.reduce((t, block) => block.forward(t, alter), mapped)
    if (this.drop.p === 0) return features
    const [, , frames] = features.shape
    const places = reshape(transpose(features, [0, 2, 3, 1]), [N * M, frames * V, this.outChannels])
    return transpose(reshape(this.drop.forward(places), [N * M, frames, V, this.outChannels]), [0, 3, 1, 2])
  }
}
