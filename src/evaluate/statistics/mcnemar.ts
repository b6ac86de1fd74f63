import { OssatureError } from '../../errors.ts'
import { incompleteBeta } from './incomplete-beta.ts'

/** How two runs differ on the same clips. */
export interface McNemarTest {
  /** Clips that only the first run recognises. */
  readonly onlyFirst: number
  readonly onlySecond: number
  /** Two-sided probability of a split at least as uneven if both runs were equally good. */
  readonly pValue: number
}

/**
 * McNemar's exact test (McNemar 1947): whether two runs recognise equally many of the same clips. Under that hypothesis
 * the clips on which they differ fall to either side with probability 1/2.
 * @param first 1 (true) where the first run is right, by clip
 * @throws OssatureError when the lists differ in length
 */
export function mcNemarTest(first: ArrayLike<number>, second: ArrayLike<number>): McNemarTest {
  if (first.length !== second.length)
    throw new OssatureError('a paired test needs both runs on the same clips', {
      expected: `${first.length} clips`,
      found: `${second.length}`,
    })
  let onlyFirst = 0
  let onlySecond = 0
  for (let n = 0; n < first.length; n++) {
    if (first[n] && !second[n]) onlyFirst++
    if (!first[n] && second[n]) onlySecond++
  }
  return { onlyFirst, onlySecond, pValue: signTest(onlyFirst, onlySecond) }
}

/** P(X <= k) of the binomial with n trials at 1/2 is I_{1/2}(n - k, k + 1). */
function signTest(a: number, b: number): number {
  if (a === b) return 1
  const [fewer, total] = [Math.min(a, b), a + b]
  return Math.min(1, 2 * incompleteBeta(0.5, total - fewer, fewer + 1))
}

/** Holm's step-down correction (Holm 1979) of the p-values of several tests, in their order. */
export function holmCorrection(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a] - pValues[b])
  const adjusted = new Array<number>(pValues.length)
  let largest = 0
  for (const [position, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - position) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}
