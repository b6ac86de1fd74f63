import {
  argMax,
  cast,
  greater,
  multiply,
  oneHot,
  softmax,
  stopGradient,
  subtract,
  type Tensor,
} from '../../tensor/index.ts'

/** How a batch was classified: samples in rows, classes in columns, all (N, K). */
export interface Confusion {
  readonly probabilities: Tensor
  /** 1 at the label of each sample. */
  readonly labels: Tensor
  /** 1 at the label of each sample that is recognised with a probability above the threshold. */
  readonly truePositives: Tensor
  /** 1 at the label of each sample that is taken for another class. */
  readonly falseNegatives: Tensor
  /** 1 at the class that a sample is wrongly taken for. */
  readonly falsePositives: Tensor
}

/**
 * The groups of a batch (FR-Head, arXiv 2303.03729): a sample recognised with no more than the threshold is in none.
 * @param logits (N, K), through which no gradient passes
 * @param label (N)
 */
export function confusionOf(logits: Tensor, label: Tensor, threshold = 0): Confusion {
  const scores = stopGradient(logits)
  const [, classes] = scores.shape
  const probabilities = softmax(scores, 1)
  const labels = oneHot(label, classes)
  const predictions = oneHot(argMax(scores, 1, { keepAxes: false }), classes)
  const hits = multiply(labels, predictions)
  return {
    probabilities,
    labels,
    truePositives: multiply(hits, cast(greater(probabilities, threshold), 'f32')),
    falseNegatives: subtract(labels, hits),
    falsePositives: subtract(predictions, hits),
  }
}
