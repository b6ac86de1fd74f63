import { Module, Parameter, truncatedNormal } from '../../nn/index.ts'
import { read, reshape, type Tensor, unsqueeze } from '../../tensor/index.ts'
import { featureAttention } from './feature-attention.ts'
import { divide, type Partition, restore } from './partition.ts'
import { biasTableShape, type RelativeBias, relativeBias } from './relative-bias.ts'

export interface SkateAttentionOptions {
  /** Share of the attention weights that training sets to zero; default 0. */
  readonly attnDrop?: number
  /** Whether a learned bias is added to the scores; default true. */
  readonly rel?: boolean
  readonly relativeBias?: RelativeBias
}

/** Skate-MSA: self-attention among the tokens of every partition. */
export class SkateAttention extends Module {
  readonly relative_position_bias_table?: Parameter
  readonly partition: Partition
  readonly heads: number
  readonly attnDrop: number
  readonly biasForm: RelativeBias

  constructor(partition: Partition, heads: number, options: SkateAttentionOptions = {}) {
    super()
    const { attnDrop = 0, rel = true, relativeBias: form = 'released' } = options
    if (rel) {
      const initialize = truncatedNormal(0, 0.02)
      this.relative_position_bias_table = new Parameter(biasTableShape(partition, heads), initialize)
    }
    this.partition = partition
    this.heads = heads
    this.attnDrop = attnDrop
    this.biasForm = form
  }

  /** Queries, keys and values (B, C, T, W) to (B, C, T, W). */
  forward(query: Tensor, key: Tensor, value: Tensor): Tensor {
    const [B, C, T, W] = query.shape
    const rows = [B * this.heads, C / this.heads, T, W]
    const [q, k, v] = [query, key, value].map((x) => {
      const divided = divide(reshape(x, rows), this.partition)
      return reshape(divided, [B, this.heads, ...divided.shape.slice(1)])
    })
    const attended = this.attend(q, k, v)
    const restored = restore(reshape(attended, [B * this.heads, ...attended.shape.slice(2)]), this.partition, T, W)
    return reshape(restored, query.shape)
  }

  /** Queries, keys and values of partitions (B, heads, P, D, N) to (B, heads, P, D, N). */
  attend(q: Tensor, k: Tensor, v: Tensor): Tensor {
    const bias = this.bias()
    return featureAttention(q, k, v, {
      // The number of heads takes the place of their size, as in the released code.
      scale: this.heads ** -0.5,
      bias: bias && unsqueeze(bias, 1),
      dropout: this.attnDrop,
    })
  }

  /** What is added to the scores, (heads, N, N), if anything. */
  bias(): Tensor | undefined {
    const table = this.relative_position_bias_table
    return table && relativeBias(read(table), this.partition, this.biasForm)
  }
}
