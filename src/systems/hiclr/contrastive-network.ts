import { OssatureError } from '../../errors.ts'
import type { Encoder } from '../../models/encoder.ts'
import { type Buffer, Module, nameParts, Parameter, zeros } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import { featureQueue, queuePointer } from '../../train/representation/feature-queue.ts'
import { trainedParameters } from './encoder.ts'

export interface ContrastiveNetworkOptions {
  readonly featureDim?: number
  readonly queueSize?: number
  /** Whether a transformer's first projection stays as it is. */
  readonly fixConv1?: boolean
  /** What the queue's first columns are drawn from. */
  readonly random: RandomStream
}

/**
 * What HiCLR pre-trains: an encoder of queries, an encoder of keys that follows it, the queue of old keys, and the number
 * that takes the place of covered joints. Names are those of the authors' state dict.
 */
export class ContrastiveNetwork extends Module {
  readonly mask_param: Parameter
  readonly queue: Buffer
  readonly queue_ptr: Buffer
  readonly encoder_q: Encoder
  readonly encoder_k: Encoder
  private readonly fixConv1: boolean

  /** @param encoder makes an encoder with a projection of `featureDim` outputs; called twice */
  constructor(encoder: () => Encoder, options: ContrastiveNetworkOptions) {
    super()
    const { featureDim = 128, queueSize = 32768, fixConv1 = false, random } = options
    if (!(Number.isInteger(queueSize) && queueSize > 0))
      throw new OssatureError('a memory queue needs columns', { expected: 'a whole number', found: String(queueSize) })
    this.mask_param = new Parameter([1], zeros)
    this.queue = featureQueue(featureDim, queueSize, random)
    this.queue_ptr = queuePointer()
    this.encoder_q = encoder()
    this.encoder_k = encoder()
    this.fixConv1 = fixConv1
    nameParts(this)
  }

  /** What the optimiser changes; the key encoder gets no gradient. */
  trained(): Parameter[] {
    return [this.mask_param, ...trainedParameters(this.encoder_q, this.fixConv1)]
  }
}
