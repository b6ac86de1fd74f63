import { OssatureError } from '../errors.ts'
import {
  dropout,
  linear,
  logicalAnd,
  logicalNot,
  matmul,
  read,
  reshape,
  shapeError,
  slice,
  split,
  type Tensor,
  transpose,
  unsqueeze,
  where,
} from '../tensor/index.ts'
import { frameworkWeight, xavierUniform, zeros } from './initialization.ts'
import { Linear } from './linear.ts'
import { Module, Parameter } from './module.ts'
import { attentionWeights, FORBIDDEN } from './scaled-dot-product-attention.ts'

export interface MultiHeadAttentionOptions {
  /** Whether the projections have offsets; default true. */
  readonly bias?: boolean
  /** Share of the attention weights that training sets to zero; default 0. */
  readonly dropout?: number
  /** Sizes of keys and values, where they are not the queries'. */
  readonly keySize?: number
  readonly valueSize?: number
  /** Whether sequences are (N, L, C) instead of (L, N, C); default true. */
  readonly batchFirst?: boolean
}

export interface AttentionMasks {
  /**
   * (L, S), (N, L, S) or (N, heads, L, S). Booleans: true where a query may look at a key (PyTorch's module has it the
   * other way round). Numbers: added to the scores.
   */
  readonly mask?: Tensor
  /** Booleans (N, S): true where a key only fills up and nothing looks at it. */
  readonly keyPadding?: Tensor
}

export interface AttentionResult {
  readonly output: Tensor
  /** (N, heads, L, S). */
  readonly weights: Tensor
}

/** Multi-head attention (Vaswani et al. 2017) with the parameter names of PyTorch's MultiheadAttention. */
export class MultiHeadAttention extends Module {
  readonly in_proj_weight?: Parameter
  readonly q_proj_weight?: Parameter
  readonly k_proj_weight?: Parameter
  readonly v_proj_weight?: Parameter
  readonly in_proj_bias?: Parameter
  readonly out_proj: Linear
  readonly size: number
  readonly heads: number
  readonly dropout: number
  readonly batchFirst: boolean

  /** @throws OssatureError when the heads do not divide the size */
  constructor(size: number, heads: number, options: MultiHeadAttentionOptions = {}) {
    super()
    const { bias = true, keySize = size, valueSize = size } = options
    if (!(heads >= 1) || size % heads !== 0) {
      throw new OssatureError('the heads of an attention do not divide its size', {
        expected: `a divisor of ${size}`,
        found: `${heads} heads`,
      })
    }
    this.size = size
    this.heads = heads
    this.dropout = options.dropout ?? 0
    this.batchFirst = options.batchFirst ?? true
    if (keySize === size && valueSize === size) {
      this.in_proj_weight = new Parameter([3 * size, size], xavierUniform())
    } else {
      this.q_proj_weight = new Parameter([size, size], xavierUniform())
      this.k_proj_weight = new Parameter([size, keySize], xavierUniform())
      this.v_proj_weight = new Parameter([size, valueSize], xavierUniform())
    }
    if (bias) this.in_proj_bias = new Parameter([3 * size], zeros)
    this.out_proj = new Linear(size, size, frameworkWeight, bias ? zeros : null)
  }

  /** Queries (N, L, C) over keys and values (N, S, C), those of the queries themselves when absent: (N, L, C). */
  forward(query: Tensor, key: Tensor = query, value: Tensor = key, masks: AttentionMasks = {}): Tensor {
    return this.attend(query, key, value, masks).output
  }

  /** What `forward` gives, and the attention weights before dropout. */
  attend(query: Tensor, key: Tensor, value: Tensor, masks: AttentionMasks = {}): AttentionResult {
    const [q, k, v] = this.projections(query, key, value).map((t) => this.divided(t))
    const weights = attentionWeights(q, k, { mask: this.joinedMask(masks) })
    const gathered = transpose(matmul(dropout(weights, this.dropout), v), [0, 2, 1, 3])
    const [batch, length] = gathered.shape
    const output = this.out_proj.forward(reshape(gathered, [batch, length, this.size]))
    return { output: this.batchFirst ? output : transpose(output, [1, 0, 2]), weights }
  }

  private projections(query: Tensor, key: Tensor, value: Tensor): readonly Tensor[] {
    const inputs = [query, key, value]
    if (inputs.some((t) => t.rank !== 3)) throw shapeError('MultiHeadAttention', inputs, 'three axes: (N, L, C)')
    const bias = this.in_proj_bias && read(this.in_proj_bias)
    const thirds = [this.size, this.size, this.size]
    if (this.in_proj_weight) {
      const weight = read(this.in_proj_weight)
      if (query === key && key === value) return split(linear(query, weight, bias), 2, thirds)
      const weights = split(weight, 0, thirds)
      return inputs.map((t, i) => linear(t, weights[i], this.third(bias, i)))
    }
    const separate = [this.q_proj_weight!, this.k_proj_weight!, this.v_proj_weight!]
    return inputs.map((t, i) => linear(t, read(separate[i]), this.third(bias, i)))
  }

  private third(bias: Tensor | undefined, i: number): Tensor | undefined {
    return bias && slice(bias, 0, i * this.size, (i + 1) * this.size)
  }

  /** A projected sequence to (N, heads, L, C / heads). */
  private divided(x: Tensor): Tensor {
    const [first, second] = x.shape
    const heads = reshape(x, [first, second, this.heads, this.size / this.heads])
    return transpose(heads, this.batchFirst ? [0, 2, 1, 3] : [1, 2, 0, 3])
  }

  /** Both masks as one that broadcasts to (N, heads, L, S). */
  private joinedMask({ mask, keyPadding }: AttentionMasks): Tensor | undefined {
    const scores = mask?.rank === 3 ? unsqueeze(mask, 1) : mask
    if (!keyPadding) return scores
    const [batch, keys] = keyPadding.shape
    const visible = logicalNot(reshape(keyPadding, [batch, 1, 1, keys]))
    if (!scores) return visible
    return scores.dtype === 'bool' ? logicalAnd(scores, visible) : where(visible, scores, FORBIDDEN)
  }
}
