import { type Initializer, Linear, Sequential } from '../../nn/index.ts'
import { relu } from '../../tensor/index.ts'

export interface EncoderHeadOptions {
  /** Whether a linear layer of equal width and a ReLU stand before the last layer. */
  readonly mlp?: boolean
  readonly initialWeight?: Initializer
}

/** The last layer of an encoder. */
export function encoderHead(width: number, numClass: number, options: EncoderHeadOptions = {}): Linear | Sequential {
  const { mlp = false, initialWeight } = options
  const last = new Linear(width, numClass, initialWeight)
  return mlp ? new Sequential(new Linear(width, width), relu, last) : last
}
