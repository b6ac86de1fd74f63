import { projectionHead } from '../../models/encoder.ts'
import { type Linear, Module, type Sequential } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import { reshape, slice, type Tensor, transpose } from '../../tensor/index.ts'
import { ForwardGru } from './forward-gru.ts'

export interface SequenceEncoderOptions {
  readonly numClass: number
  /** Numbers of a frame: V * C * M. */
  readonly inputSize: number
  /** Default 1024. */
  readonly hiddenSize?: number
  /** Default 3. */
  readonly layers?: number
  /** Whether a linear layer and a ReLU stand before the last layer; default false. */
  readonly mlp?: boolean
}

class RecurrentPart extends Module {
  readonly gru: ForwardGru

  constructor(gru: ForwardGru) {
    super()
    this.gru = gru
  }
}

/** The second encoder of the pretraining: recurrent over frames, features of the last frame. */
export class SequenceEncoder extends Module {
  readonly featureSize: number
  private readonly encoder: RecurrentPart
  readonly fc: Linear | Sequential

  constructor({ numClass, inputSize, hiddenSize = 1024, layers = 3, mlp = false }: SequenceEncoderOptions) {
    super()
    this.featureSize = 2 * hiddenSize
    this.encoder = new RecurrentPart(new ForwardGru(inputSize, hiddenSize, layers))
    this.fc = projectionHead(this.featureSize, numClass, { mlp })
  }

  initializeWeights(random: RandomStream): void {
    this.encoder.gru.initializeWeights(random)
  }

  /** x (N, T, inputSize) to (N, featureSize). */
  features(x: Tensor): Tensor {
    const [N, T] = x.shape
    return reshape(slice(this.encoder.gru.forward(x), 1, T - 1, T), [N, this.featureSize])
  }

  /** x (N, T, inputSize) to (N, numClass). */
  forward(x: Tensor): Tensor {
    return this.fc.forward(this.features(x))
  }
}

/** Clips (N, M, T, V, C) as the encoder takes them, (N, T, V * C * M): number m + M (c + C v) of a frame. */
export function sequenceForm(x: Tensor): Tensor {
  const [N, M, T, V, C] = x.shape
  return reshape(transpose(x, [0, 2, 3, 4, 1]), [N, T, V * C * M])
}
