import { add, dropout, gelu, relu, type Tensor } from '../tensor/index.ts'
import { LayerNorm } from './layer-norm.ts'
import { Linear } from './linear.ts'
import { Module } from './module.ts'
import { type AttentionMasks, MultiHeadAttention } from './multi-head-attention.ts'

export interface TransformerEncoderOptions {
  /** Width of the hidden layer between the two linear ones; default 2048. */
  readonly feedForward?: number
  /** Share of values that training sets to zero: attention weights, hidden values, both additions. Default 0.1. */
  readonly dropout?: number
  /** Default relu. */
  readonly activation?: 'relu' | 'gelu'
  /** Whether each part is normalised in front of it instead of behind its addition; default false. */
  readonly normFirst?: boolean
  readonly epsilon?: number
  /** Whether sequences are (N, L, C) instead of (L, N, C); default true. */
  readonly batchFirst?: boolean
}

/** Self-attention and a two-layer perceptron (Vaswani et al. 2017), as PyTorch's TransformerEncoderLayer. */
export class TransformerEncoderLayer extends Module {
  readonly self_attn: MultiHeadAttention
  readonly linear1: Linear
  readonly linear2: Linear
  readonly norm1: LayerNorm
  readonly norm2: LayerNorm
  readonly dropout: number
  readonly activation: 'relu' | 'gelu'
  readonly normFirst: boolean

  constructor(size: number, heads: number, options: TransformerEncoderOptions = {}) {
    super()
    const { feedForward = 2048, dropout: rate = 0.1, activation = 'relu', normFirst = false, epsilon } = options
    this.self_attn = new MultiHeadAttention(size, heads, { dropout: rate, batchFirst: options.batchFirst })
    this.linear1 = new Linear(size, feedForward)
    this.linear2 = new Linear(feedForward, size)
    this.norm1 = new LayerNorm(size, { epsilon })
    this.norm2 = new LayerNorm(size, { epsilon })
    this.dropout = rate
    this.activation = activation
    this.normFirst = normFirst
  }

  forward(x: Tensor, masks: AttentionMasks = {}): Tensor {
    if (this.normFirst) {
      const attended = add(x, this.attend(this.norm1.forward(x), masks))
      return add(attended, this.perceptron(this.norm2.forward(attended)))
    }
    const attended = this.norm1.forward(add(x, this.attend(x, masks)))
    return this.norm2.forward(add(attended, this.perceptron(attended)))
  }

  private attend(x: Tensor, masks: AttentionMasks): Tensor {
    return dropout(this.self_attn.forward(x, x, x, masks), this.dropout)
  }

  private perceptron(x: Tensor): Tensor {
    const hidden = this.linear1.forward(x)
    const active = this.activation === 'gelu' ? gelu(hidden) : relu(hidden)
    return dropout(this.linear2.forward(dropout(active, this.dropout)), this.dropout)
  }
}
