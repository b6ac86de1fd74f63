import { cosine, type LearningRate, linearWarmUp, perIteration } from '../../train/schedules.ts'
import type { SkateformerOptions } from './options.ts'

/** The learning rate of the published recipes at its start and at its end, by that in between. */
const START = 1e-4
const END = 1e-2

/**
 * A line up from a ten-thousandth of the rate, then the cosine over the whole run down to a hundredth. The cosine is
 * counted from the start of the run, so the rate is a little below its full value when the warm-up ends, as released.
 * @param iterations number of steps of each epoch
 */
export function learningRateOf(
  { learningRate: base, warmUp }: Pick<SkateformerOptions, 'learningRate' | 'warmUp'>,
  iterations: readonly number[],
): LearningRate {
  const total = iterations.reduce((sum, n) => sum + n, 0)
  const length = Math.round(warmUp * total)
  const rising = { length, start: START * base, end: base, counted: 'before' } as const
  return perIteration(linearWarmUp(cosine(base, Math.max(1, total), END * base), rising))
}
