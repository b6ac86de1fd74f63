import { classCounts, profileOfSplit } from '../../../data/sampling/long-tail.ts'
import { OssatureError } from '../../../errors.ts'
import { actionAwareLoss } from './action-aware.ts'
import { balancedSoftmaxLoss } from './balanced-softmax.ts'
import { classBalancedLoss } from './class-balanced.ts'
import { crossEntropyLoss } from './cross-entropy.ts'
import type { EpochLoss } from './epoch-loss.ts'
import { equalizationLoss } from './equalization.ts'
import { focalLoss } from './focal.ts'
import { gumbelLoss } from './gumbel.ts'
import { kpsLoss } from './kps.ts'
import { ldamLoss } from './ldam.ts'
import { type StageOptions, stageOf } from './stage.ts'
import { twoStageFocalLoss } from './two-stage-focal.ts'
import { weightedLoss } from './weighted.ts'

/** The losses that BRL was compared with, and its own, `action-aware`. */
export const lossNames = [
  'action-aware',
  'cross-entropy',
  'focal',
  'two-stage-focal',
  'weighted',
  'class-balanced',
  'ldam',
  'balanced-softmax',
  'equalization',
  'gumbel',
  'kps',
] as const

export type LossName = (typeof lossNames)[number]

export interface LossOptions {
  /** Number of classes. */
  readonly classes: number
  /** Training clips by class. Losses that weigh classes need them, or `split` as released. */
  readonly counts?: readonly number[]
  /** The epoch, counted from 1, with which the second stage begins; by default `changeEpochOf(name)`. */
  readonly changeEpoch?: number
  /** Epochs of the run. Where given, a run that the released stages cannot finish is refused at once. */
  readonly totalEpochs?: number
  /** Repeat the released code where it departs from what is meant; default false. */
  readonly asReleased?: boolean
  /** As released, the name of the split, which decides the class counts whatever the data are (`profileOfSplit`). */
  readonly split?: string
}

const firstEpochOfSecondStage: Partial<Record<LossName, number>> = { gumbel: 21, kps: 17 }

/** The epoch, counted from 1, with which a loss changes in the authors' 24 epochs. */
export function changeEpochOf(name: LossName): number {
  return firstEpochOfSecondStage[name] ?? 20
}

const withoutThirdStage: readonly LossName[] = [
  'action-aware',
  'two-stage-focal',
  'weighted',
  'class-balanced',
  'balanced-softmax',
  'equalization',
]

/**
 * A loss of BRL by name.
 * @throws OssatureError when the class counts are missing or wrong, or the released loss cannot serve all epochs
 */
export function createLoss(name: LossName, options: LossOptions): EpochLoss {
  const { changeEpoch = changeEpochOf(name), asReleased = false, totalEpochs } = options
  const stages: StageOptions = { changeEpoch, asReleased }
  if (!Number.isInteger(changeEpoch) || changeEpoch < 1)
    throw new OssatureError('the change epoch is wrong', {
      where: `loss ${name}`,
      expected: 'a whole number above 0',
      found: `${changeEpoch}`,
    })
  if (totalEpochs !== undefined && withoutThirdStage.includes(name)) stageOf(totalEpochs - 1, stages)
  switch (name) {
    case 'cross-entropy':
      return crossEntropyLoss()
    case 'focal':
      return focalLoss()
    case 'two-stage-focal':
      return twoStageFocalLoss(stages)
    case 'gumbel':
      return gumbelLoss(stages)
    default:
      return countedLosses[name](countsOf(name, options), stages)
  }
}

const countedLosses = {
  'action-aware': actionAwareLoss,
  weighted: weightedLoss,
  'class-balanced': classBalancedLoss,
  ldam: ldamLoss,
  'balanced-softmax': balancedSoftmaxLoss,
  equalization: equalizationLoss,
  kps: kpsLoss,
} as const

function countsOf(name: LossName, { classes, counts, asReleased, split }: LossOptions): readonly number[] {
  const known = asReleased && split !== undefined ? classCounts(profileOfSplit(split, classes)) : counts
  const where = `loss ${name}`
  if (known === undefined)
    throw new OssatureError('this loss needs the number of training clips of every class', { where })
  if (known.length !== classes)
    throw new OssatureError('the class counts are not as many as the classes', {
      where,
      expected: `${classes} counts`,
      found: `${known.length}`,
    })
  const label = known.findIndex((count) => !(count >= 1 && Number.isFinite(count)))
  if (label >= 0)
    throw new OssatureError('a class has no training clips', {
      where: `${where}, class ${label}`,
      expected: 'a count of 1 or more',
      found: `${known[label]}`,
      hint: 'Leave the class out, or choose a loss that does not weigh classes.',
    })
  return known
}
