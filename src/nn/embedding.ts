import { OssatureError } from '../errors.ts'
import { composite, constant, gather, multiply, read, type Tensor } from '../tensor/index.ts'
import { type Initializer, normal } from './initialization.ts'
import { Module, Parameter } from './module.ts'

export interface EmbeddingOptions {
  /** An entry that training leaves alone, for filled-up places; it starts as zeros. A negative one counts from the end. */
  readonly paddingIndex?: number
  /** First values; default normal with deviation 1. */
  readonly initialWeight?: Initializer
}

/** A table of trained vectors, as PyTorch's Embedding: integers (...) to (..., size). */
export class Embedding extends Module {
  readonly weight: Parameter
  readonly paddingIndex?: number

  /** @throws OssatureError when the padding index is not an entry */
  constructor(entries: number, size: number, { paddingIndex, initialWeight = normal(0, 1) }: EmbeddingOptions = {}) {
    super()
    if (paddingIndex === undefined) {
      this.weight = new Parameter([entries, size], initialWeight)
      return
    }
    const index = paddingIndex < 0 ? paddingIndex + entries : paddingIndex
    if (!Number.isInteger(index) || index < 0 || index >= entries) {
      throw new OssatureError('the padding index is not an entry of the embedding', {
        expected: `${-entries} to ${entries - 1}`,
        found: `${paddingIndex}`,
      })
    }
    this.paddingIndex = index
    this.weight = new Parameter([entries, size], (values, shape, random) => {
      initialWeight(values, shape, random)
      values.fill(0, index * size, (index + 1) * size)
    })
  }

  forward(indices: Tensor): Tensor {
    const table = read(this.weight)
    return gather(this.paddingIndex === undefined ? table : withFixedRow(table, this.paddingIndex), indices)
  }
}

/** The table, with no gradient for one of its rows. */
function withFixedRow(table: Tensor, row: number): Tensor {
  const [entries] = table.shape
  const mask = constant(
    Float32Array.from({ length: entries }, (_, i) => (i === row ? 0 : 1)),
    [entries, 1],
  )
  return composite([table], [table], ([d]) => [multiply(d!, mask)])[0]
}
