import { OssatureError } from '../../errors.ts'
import { Module, Sequential } from '../../nn/index.ts'
import { maxPool, type Tensor } from '../../tensor/index.ts'
import type { Backbone3d } from './backbone3d.ts'
import { Bottleneck3d } from './bottleneck3d.ts'
import { ActivatedConvModule } from './conv-module.ts'

export interface ResNet3dSlowOnlyOptions {
  readonly inChannels?: number
  /** Channels of the stem, and the narrow width of the first stage; each further stage doubles it. */
  readonly baseChannels?: number
  readonly numStages?: number
  /** Blocks of each stage. */
  readonly stageBlocks?: readonly number[]
  /** Of each stage, taken in its first block. */
  readonly spatialStrides?: readonly number[]
  readonly temporalStrides?: readonly number[]
  /** [time, space]. */
  readonly conv1Stride?: readonly [number, number]
  readonly pool1Stride?: readonly [number, number]
  /** Whether the first convolutions of a stage's blocks look at three frames; one entry for each stage. */
  readonly inflate?: readonly (number | boolean)[]
  /** The stage whose output is handed on, from 0; the last when absent. */
  readonly outIndex?: number
}

/**
 * The slow pathway of SlowFast networks (Feichtenhofer et al. 2019) on volumes of joint heatmaps, the network of
 * PoseConv3D (Duan et al. 2022): a 3-D ResNet whose first stages convolve frame by frame.
 */
export class ResNet3dSlowOnly extends Module implements Backbone3d {
  readonly outChannels: number
  readonly conv1: ActivatedConvModule
  private readonly layers: readonly Sequential[]
  private readonly pool1Stride: readonly [number, number]
  private readonly outIndex: number

  constructor(options: ResNet3dSlowOnlyOptions = {}) {
    super()
    const { inChannels = 3, baseChannels = 64, numStages = 4, conv1Stride = [1, 2], pool1Stride = [1, 2] } = options
    const { outIndex = numStages - 1 } = options
    const stageBlocks = perStage('stage_blocks', options.stageBlocks ?? [3, 4, 6, 3], numStages)
    const spatialStrides = perStage('spatial_strides', options.spatialStrides ?? [1, 2, 2, 2], numStages)
    const temporalStrides = perStage('temporal_strides', options.temporalStrides ?? [1, 1, 1, 1], numStages)
    const inflate = perStage('inflate', options.inflate ?? [0, 0, 1, 1], numStages)
    requireStage(outIndex, numStages)
    this.conv1 = new ActivatedConvModule(inChannels, baseChannels, [1, 7, 7], {
      stride: [conv1Stride[0], conv1Stride[1], conv1Stride[1]],
      padding: [0, 3, 3],
    })
    let width = baseChannels
    this.layers = stageBlocks.map((blocks, stage) => {
      const planes = baseChannels * 2 ** stage
      const inflated = Boolean(inflate[stage])
      const chain = Array.from({ length: blocks }, (_, i) => {
        const strides = i === 0 ? { time: temporalStrides[stage], space: spatialStrides[stage] } : {}
        const block = new Bottleneck3d(width, planes, { ...strides, inflated })
        width = block.outChannels
        return block
      })
      return new Sequential(...chain)
    })
    this.pool1Stride = pool1Stride
    this.outIndex = outIndex
    this.outChannels = Bottleneck3d.expansion * baseChannels * 2 ** outIndex
  }

  override *parts(): Generator<[string, Module]> {
    yield ['conv1', this.conv1]
    for (const [i, layer] of this.layers.entries()) yield [`layer${i + 1}`, layer]
  }

  /** x (N, C, T, H, W) to (N, outChannels, T', H', W'). Stages behind the one that is handed on run for their statistics. */
  forward(x: Tensor): Tensor {
    const [time, space] = this.pool1Stride
    let features = maxPool(this.conv1.forward(x), [1, 3, 3], [time, space, space], [0, 1, 1, 0, 1, 1])
    const outputs = this.layers.map((layer) => {
      features = layer.forward(features)
      return features
    })
    return outputs[this.outIndex]
  }
}

function perStage<T>(name: string, values: readonly T[], stages: number): readonly T[] {
  if (values.length >= stages) return values.slice(0, stages)
  throw new OssatureError('an option has no entry for some of the stages', {
    where: name,
    expected: `${stages} entries`,
    found: `[${values.join(', ')}]`,
  })
}

function requireStage(index: number, stages: number): void {
  if (Number.isInteger(index) && index >= 0 && index < stages) return
  throw new OssatureError('there is no stage of that number', {
    where: 'out_indices',
    expected: `0 to ${stages - 1}`,
    found: String(index),
  })
}
