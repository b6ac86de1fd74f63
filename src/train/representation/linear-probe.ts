import { crossEntropy, type Linear, type Optimizer } from '../../nn/index.ts'
import { f32, i32, type Tensor, type TracedGraph, trace } from '../../tensor/index.ts'

/** Something that maps clips (N, M, T, V, C) to features (N, D). */
export interface FeatureExtractor {
  features(clip: Tensor): Tensor
}

/**
 * A frozen encoder as a graph: input `clip` (N, M, T, V, C), output `features` (N, D). Normalisation takes the running
 * statistics and nothing is dropped, so the features of a clip that is not augmented are the same in every epoch.
 */
export function traceFeatures(encoder: FeatureExtractor, shape: readonly number[]): TracedGraph {
  return trace({ clip: f32(...shape) }, ({ clip }) => ({ features: encoder.features(clip) }))
}

/**
 * A training step of a linear classifier on given features: inputs `features` (N, D), `label` (N) and `learningRate`,
 * outputs `loss`, the mean cross entropy, and `logits` (N, classes).
 * @param optimizer of the head's parameters
 */
export function traceProbeStep(head: Linear, optimizer: Optimizer, samples: number): TracedGraph {
  const [, dimension] = head.weight.shape
  return trace(
    { features: f32(samples, dimension), label: i32(samples), learningRate: f32() },
    ({ features, label, learningRate }) => {
      const logits = head.forward(features)
      const loss = crossEntropy(logits, label)
      optimizer.update(loss, learningRate)
      return { loss, logits }
    },
    { training: true },
  )
}
