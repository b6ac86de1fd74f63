import { multiply, oneHot, subtract, type Tensor } from '../../tensor/index.ts'
import { requireOption } from '../require-option.ts'
import { classRow } from './class-row.ts'
import { type CrossEntropyOptions, crossEntropy } from './cross-entropy.ts'

export interface MarginOptions {
  /** Margin of the rarest class; default 0.5. */
  readonly largestMargin?: number
  /** Factor of the logits; default 30. */
  readonly scale?: number
}

export interface LdamOptions extends MarginOptions, Pick<CrossEntropyOptions, 'weight' | 'reduction'> {}

/**
 * Margins by class, proportional to n^(-1/4) of the counts n, with the given largest one.
 * @throws OssatureError when a class has no clips, for which the margin would be infinite
 */
export function ldamMargins(counts: readonly number[], largestMargin = 0.5): number[] {
  for (const [label, count] of counts.entries())
    requireOption(count > 0, 'LDAM loss', `the count of class ${label}`, 'a training clip or more', count)
  const margins = counts.map((count) => count ** -0.25)
  const largest = Math.max(...margins)
  return margins.map((margin) => margin * (largestMargin / largest))
}

/**
 * What the label-distribution-aware margin loss takes cross entropy of: scale * (logits - margin at the label).
 * @param logits (N, classes)
 * @param label (N)
 * @param counts training clips by class, each 1 or more
 */
export function ldamScores(
  logits: Tensor,
  label: Tensor,
  counts: readonly number[],
  { largestMargin, scale = 30 }: MarginOptions = {},
): Tensor {
  const margins = classRow('LDAM loss', logits, ldamMargins(counts, largestMargin))
  return multiply(subtract(logits, multiply(oneHot(label, counts.length), margins)), scale)
}

/**
 * Label-distribution-aware margin loss (Cao et al. 2019).
 * @param logits (N, classes); cosines of angles in the paper
 * @param label (N)
 * @param counts training clips by class, each 1 or more
 */
export function ldamLoss(
  logits: Tensor,
  label: Tensor,
  counts: readonly number[],
  { weight, reduction, ...margin }: LdamOptions = {},
): Tensor {
  return crossEntropy(ldamScores(logits, label, counts, margin), label, { weight, reduction })
}
