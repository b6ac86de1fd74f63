import { Conv2d, LayerNorm, Linear, Module, Parameter, truncatedNormal } from '../../nn/index.ts'
import {
  add,
  concat,
  dropout,
  dropPath,
  gelu,
  matmul,
  read,
  reshape,
  split,
  swapLastAxes,
  type Tensor,
  transpose,
} from '../../tensor/index.ts'
import type { Partition } from './partition.ts'
import { SkateAttention, type SkateAttentionOptions } from './skate-attention.ts'
import { LinearToMaps, LinearToTokens } from './token-linear.ts'

export interface SkateTransformerOptions extends SkateAttentionOptions {
  /** Frames that the temporal convolution spans; odd, default 7. */
  readonly kernelSize?: number
  /** Share of values that training sets to zero behind every linear layer; default 0. */
  readonly drop?: number
  /** Share of clips for which training leaves out what this block adds; default 0. */
  readonly dropPath?: number
  /** Width of the hidden layer of the perceptron over that of the block; default 4. */
  readonly mlpRatio?: number
}

/**
 * SkateFormer's transformer block: of the mapped channels a quarter mixes all joints (G-conv), a quarter
 * convolves over frames (T-conv), and the rest attends inside partitions, one sort of them per eighth.
 */
export class SkateTransformer extends Module {
  readonly gconv: Parameter
  readonly norm_1: LayerNorm
  readonly mapping: LinearToMaps
  readonly tconv: Conv2d
  readonly attention: readonly SkateAttention[]
  readonly proj: LinearToTokens
  readonly norm_2: LayerNorm
  readonly mlp: Mlp
  private readonly drop: number
  private readonly dropPath: number

  /** @param joints of all persons together */
  constructor(
    channels: number,
    joints: number,
    numHeads: number,
    partitions: readonly Partition[],
    options: SkateTransformerOptions = {},
  ) {
    super()
    const { kernelSize = 7, drop = 0, dropPath = 0, mlpRatio = 4 } = options
    const groups = numHeads / 4
    this.gconv = new Parameter([groups, joints, joints], truncatedNormal(0, 0.02))
    this.norm_1 = new LayerNorm(channels)
    this.mapping = new LinearToMaps(channels, 2 * channels)
    this.tconv = new Conv2d(channels / 4, channels / 4, [kernelSize, 1], { padding: [(kernelSize - 1) / 2, 0], groups })
    this.attention = partitions.map((partition) => new SkateAttention(partition, numHeads / 8, options))
    this.proj = new LinearToTokens(channels, channels)
    this.norm_2 = new LayerNorm(channels)
    this.mlp = new Mlp(channels, Math.trunc(mlpRatio * channels), drop)
    this.drop = drop
    this.dropPath = dropPath
  }

  /** x (B, C, T, W) to (B, C, T, W). */
  forward(x: Tensor): Tensor {
    const [B, C, T, W] = x.shape
    const tokens = reshape(transpose(x, [0, 2, 3, 1]), [B, T * W, C])
    const mixed = this.proj.forward(reshape(this.mix(this.norm_1.forward(tokens), T, W), [B, C, T * W]))
    const attended = add(tokens, dropPath(dropout(mixed, this.drop), this.dropPath))
    const result = add(attended, dropPath(this.mlp.forward(this.norm_2.forward(attended)), this.dropPath))
    return transpose(reshape(result, [B, T, W, C]), [0, 3, 1, 2])
  }

  /** Normalised tokens (B, T * W, C) to the six ways side by side, (B, C, T, W). */
  mix(tokens: Tensor, T: number, W: number): Tensor {
    const [B, , C] = tokens.shape
    const maps = reshape(this.mapping.forward(tokens), [B, 2 * C, T, W])
    const attending = this.attention.flatMap(() => [C / 8, C / 8, C / 8])
    const [g, t, ...qkv] = split(maps, 1, [C / 4, C / 4, ...attending])
    return concat(
      [
        this.mixJoints(g),
        this.tconv.forward(t),
        ...this.attention.map((part, i) => part.forward(qkv[3 * i], qkv[3 * i + 1], qkv[3 * i + 2])),
      ],
      1,
    )
  }

  /** G-conv: out[c, t, v] is the sum over joints u of G[v, u] x[c, t, u], with a matrix G per group of channels. */
  private mixJoints(x: Tensor): Tensor {
    const [B, C, T, W] = x.shape
    const groups = this.gconv.shape[0]
    const mixed = matmul(reshape(x, [B, groups, (C / groups) * T, W]), swapLastAxes(read(this.gconv)))
    return reshape(mixed, x.shape)
  }
}

/** A perceptron with one hidden layer on every token. */
class Mlp extends Module {
  readonly fc1: Linear
  readonly fc2: Linear
  private readonly drop: number

  constructor(channels: number, hidden: number, drop: number) {
    super()
    this.fc1 = new Linear(channels, hidden)
    this.fc2 = new Linear(hidden, channels)
    this.drop = drop
  }

  /** x (B, L, C) to (B, L, C). All tokens are the rows of one matrix, so that a weight gradient is one product. */
  forward(x: Tensor): Tensor {
    const [B, L, C] = x.shape
    const hidden = dropout(gelu(this.fc1.forward(reshape(x, [B * L, C]))), this.drop)
    return reshape(dropout(this.fc2.forward(hidden), this.drop), x.shape)
  }
}
