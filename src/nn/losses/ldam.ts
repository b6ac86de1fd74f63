import { constant, multiply, oneHot, subtract, type Tensor } from '../../tensor/index.ts'
import { type CrossEntropyOptions, crossEntropy } from './cross-entropy.ts'

export interface MarginOptions {
  /** Margin of the rarest class; default 0.5. */
  readonly largestMargin?: number
  /** Factor of the logits; default 30. */
  readonly scale?: number
}

export interface LdamOptions extends MarginOptions, Pick<CrossEntropyOptions, 'weight' | 'reduction'> {}

/** Margins by class, proportional to n^(-1/4) of the counts n, with the given largest one. */
export function ldamMargins(counts: readonly number[], largestMargin = 0.5): number[] {
  const margins = counts.map((count) => count ** -0.25)
  const largest = Math.max(...margins)
  return margins.map((margin) => margin * (largestMargin / largest))
}

/** What the label-distribution-aware margin loss takes cross entropy of: scale * (logits - margin at the label). */
export function ldamScores(
  logits: Tensor,
  label: Tensor,
  counts: readonly number[],
  { largestMargin, scale = 30 }: MarginOptions = {},
): Tensor {
  const margins = constant(Float32Array.from(ldamMargins(counts, largestMargin)), [counts.length])
  return multiply(subtract(logits, multiply(oneHot(label, counts.length), margins)), scale)
}

/**
 * Label-distribution-aware margin loss (Cao et al. 2019).
 * @param logits (N, classes); cosines of angles in the paper
 * @param label (N)
 * @param counts training clips by class
 */
export function ldamLoss(
  logits: Tensor,
  label: Tensor,
  counts: readonly number[],
  { weight, reduction, ...margin }: LdamOptions = {},
): Tensor {
  return crossEntropy(ldamScores(logits, label, counts, margin), label, { weight, reduction })
}
