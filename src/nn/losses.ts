import {
  divide,
  gather,
  gatherElements,
  logSoftmax,
  multiply,
  negate,
  reshape,
  sum,
  type Tensor,
  unsqueeze,
} from '../tensor/index.ts'

/** Cross entropy of every sample: logits (N, classes), label (N) to (N). */
export function crossEntropyPerSample(logits: Tensor, label: Tensor): Tensor {
  const picked = gatherElements(logSoftmax(logits, 1), unsqueeze(label, 1), 1)
  return negate(reshape(picked, label.shape))
}

/**
 * Mean cross entropy. With `weight` (classes), the mean is weighted by the weights of the labels:
 * sum_k W[y_k] CE_k / sum_k W[y_k].
 */
export function crossEntropy(logits: Tensor, label: Tensor, weight?: Tensor): Tensor {
  const losses = crossEntropyPerSample(logits, label)
  if (!weight) return reshape(multiply(sum(losses), 1 / label.shape[0]), [])
  const weights = gather(weight, label)
  return reshape(divide(sum(multiply(losses, weights)), sum(weights)), [])
}
