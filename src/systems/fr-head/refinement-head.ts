import { OssatureError } from '../../errors.ts'
import { BatchNorm, Module, pointwise, Sequential } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import { add, mean, relu, reshape, shapeError, sizeOf, type Tensor } from '../../tensor/index.ts'
import type { Confusion } from './confusion.ts'
import { ContrastiveNet, type ContrastiveNetOptions } from './contrastive-net.ts'

/** Features that a head is built for, (N * persons, channels, frames, joints). */
export interface FeatureShape {
  readonly persons: number
  readonly channels: number
  readonly frames: number
  readonly joints: number
}

/**
 * The feature refinement head of one level of a backbone (FR-Head, arXiv 2303.03729; `ST_RenovateNet` in the authors'
 * code): the mean over frames and the mean over joints, each squeezed to a vector of about `outChannels` numbers and
 * compared with prototypes of the classes.
 */
export class RefinementHead extends Module {
  readonly spatio_cl_net: ContrastiveNet
  readonly tempor_cl_net: ContrastiveNet
  readonly spatio_squeeze: Sequential
  readonly tempor_squeeze: Sequential
  private readonly input: FeatureShape

  /**
   * @param random where the first prototypes come from
   * @param options `outChannels` is 256 by default
   * @throws OssatureError when there are more frames or joints than `outChannels`
   */
  constructor(input: FeatureShape, classes: number, random: RandomStream, options: ContrastiveNetOptions = {}) {
    super()
    const { outChannels = 256 } = options
    const { channels, frames, joints } = input
    if (Math.max(frames, joints) > outChannels)
      throw new OssatureError('a refinement head has fewer channels than its features have frames or joints', {
        expected: `at most ${outChannels} frames and joints`,
        found: `${frames} frames, ${joints} joints`,
        hint: 'Take shorter clips, or more channels.',
      })
    this.input = input
    const netOf = (places: number, name: string) =>
      new ContrastiveNet(widthOver(places, outChannels) * places, classes, random.fork(name), {
        ...options,
        outChannels,
      })
    this.spatio_cl_net = netOf(joints, 'spatio_cl_net')
    this.tempor_cl_net = netOf(frames, 'tempor_cl_net')
    this.spatio_squeeze = squeeze(channels, widthOver(joints, outChannels))
    this.tempor_squeeze = squeeze(channels, widthOver(frames, outChannels))
  }

  /**
   * Features (N * persons, C, T, V), the persons of a clip one after the other, labels (N) and how the batch was
   * classified to the scalar loss; moves the prototypes.
   */
  forward(features: Tensor, label: Tensor, confusion: Confusion): Tensor {
    const { persons, channels, frames, joints } = this.input
    const [clips] = label.shape
    if (String(features.shape) !== String([clips * persons, channels, frames, joints]))
      throw shapeError(
        'RefinementHead',
        [features, label],
        `(N * ${persons}, ${channels}, ${frames}, ${joints}) and (N)`,
      )
    const ofClip = reshape(mean(reshape(features, [clips, persons, channels, frames * joints]), [1]), [
      clips,
      channels,
      frames,
      joints,
    ])
    const spatial = this.spatio_squeeze.forward(mean(ofClip, [2]))
    const temporal = this.tempor_squeeze.forward(mean(ofClip, [3]))
    return add(
      this.spatio_cl_net.forward(flattenClips(spatial), label, confusion),
      this.tempor_cl_net.forward(flattenClips(temporal), label, confusion),
    )
  }
}

function widthOver(places: number, outChannels: number): number {
  return Math.floor(outChannels / places)
}

function squeeze(inChannels: number, outChannels: number): Sequential {
  return new Sequential(pointwise(inChannels, outChannels), new BatchNorm(outChannels), relu)
}

function flattenClips(x: Tensor): Tensor {
  return reshape(x, [x.shape[0], sizeOf(x.shape.slice(1))])
}
