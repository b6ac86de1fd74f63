import { type PartialMixUpOptions, partialMixUp } from '../../augment/partial-mix-up.ts'
import { bodyPart } from '../../skeleton/layout.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { ClassificationProblem } from '../classification/problem.ts'
import type { BatchMixing } from '../pictured-samples.ts'
import type { BrlOptions } from './options.ts'

/** The partial mix-up that the options ask for. */
export function mixingOf(
  options: BrlOptions,
  { dataset, trainCounts }: ClassificationProblem,
): BatchMixing | undefined {
  if (options.mixUp === 'none') return undefined
  const layout = layoutByName(dataset.layout)
  const upper = bodyPart(layout, 'upper')
  const lower = bodyPart(layout, 'lower')
  const mixUp: PartialMixUpOptions = {
    upper,
    lower,
    ratio: options.mixRatio,
    alpha: options.mixAlpha ?? upper.length / layout.joints.length,
    imK: options.mixImbalance,
    classCounts: options.mixUp === 'base' ? undefined : trainCounts,
    jointOrder: options.mixJointOrder,
    partners: options.mixPartners,
    lambda: options.mixLambda,
  }
  return {
    ratio: options.mixRatio,
    borrowed: options.mixJointOrder === 'kept' ? lower : lower.map((_, i) => upper.length + i),
    mix: (batch, labels, stream, ratio = options.mixRatio) => partialMixUp(batch, labels, { ...mixUp, ratio }, stream),
  }
}
