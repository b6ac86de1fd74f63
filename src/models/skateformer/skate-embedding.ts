import { OssatureError } from '../../errors.ts'
import { Module, Parameter, pointwise, Sequential, truncatedNormal } from '../../nn/index.ts'
import {
  add,
  constant,
  cos,
  gelu,
  multiply,
  read,
  reshape,
  shapeError,
  sin,
  stack,
  type Tensor,
  transpose,
} from '../../tensor/index.ts'

export interface SkateEmbeddingOptions {
  readonly inChannels: number
  /** Channels of the result; even. */
  readonly width: number
  readonly frames: number
  /** Of all persons together. */
  readonly joints: number
  /** Whether the times of the frames are an input; if not, an embedding of every frame and joint is learned. */
  readonly indexT: boolean
}

/** The stem and the Skate-Embedding: coordinates to channels that know their joint and time. */
export class SkateEmbedding extends Module {
  readonly joint_person_embedding?: Parameter
  readonly joint_person_temporal_embedding?: Parameter
  readonly stem: Sequential

  constructor({ inChannels, width, frames, joints, indexT }: SkateEmbeddingOptions) {
    super()
    const initialize = truncatedNormal(0, 0.02)
    if (indexT) this.joint_person_embedding = new Parameter([width, joints], initialize)
    else this.joint_person_temporal_embedding = new Parameter([1, width, frames, joints], initialize)
    this.stem = new Sequential(
      pointwise(inChannels, 2 * inChannels),
      gelu,
      pointwise(2 * inChannels, 3 * inChannels),
      gelu,
      pointwise(3 * inChannels, width),
    )
  }

  /**
   * x (B, C, T, W), the times of its frames in [-1, 1] (B, T), to (B, width, T, W).
   * @throws OssatureError when the times are missing and no embedding is learned in their place
   */
  forward(x: Tensor, indexT?: Tensor): Tensor {
    const features = this.stem.forward(x)
    if (this.joint_person_temporal_embedding) return add(features, read(this.joint_person_temporal_embedding))
    const [B, width, T, W] = features.shape
    if (!indexT) {
      throw new OssatureError('the times of the frames are missing', {
        where: 'SkateFormer',
        expected: `index_t of shape [${B}, ${T}]`,
        hint: 'Feed them, or build the network with `indexT: false`.',
      })
    }
    const times = reshape(temporalEmbedding(indexT, width), [B, width, T, 1])
    return add(features, multiply(times, reshape(read(this.joint_person_embedding!), [1, width, 1, W])))
  }
}

/** Times (B, T) to sines and cosines in turn, (B, width, T): pair k of frequency exp(-2k ln(10000) / width). */
function temporalEmbedding(times: Tensor, width: number): Tensor {
  if (times.rank !== 2) throw shapeError('the temporal embedding', [times], 'times (B, T)')
  const [B, T] = times.shape
  const pairs = width / 2
  const frequencies = Float32Array.from({ length: pairs }, (_, k) => Math.exp((-2 * k * Math.log(10000)) / width))
  const phases = multiply(reshape(times, [B, T, 1]), constant(frequencies, [pairs]))
  return transpose(reshape(stack([sin(phases), cos(phases)], -1), [B, T, width]), [0, 2, 1])
}
