import { z } from 'zod'
import { classificationOptions, sampleOptions, trainingOptions } from '../classification/options.ts'
import { lossNames } from './losses/create-loss.ts'

/** Options of BRL. Defaults: what the publication means; `asReleased` repeats the released code where it departs. */
export const brlOptions = classificationOptions.extend({
  epochs: trainingOptions.shape.epochs.default(24),
  scale: sampleOptions.shape.scale.default(0.1),
  rotation: sampleOptions.shape.rotation.default(0.3),
  flip: sampleOptions.shape.flip.default(0.5),
  rebalance: z
    .boolean()
    .default(true)
    .describe('whether clips of tail classes are repeated up to the size of the largest class'),
  mixUp: z
    .enum(['rebalanced', 'base', 'none'])
    .default('rebalanced')
    .describe(
      'partial mix-up: upper body of one clip, lower body of another; base gives every mixed clip the weight alpha',
    ),
  mixRatio: z
    .number()
    .min(0)
    .max(1)
    .default(1 / 16)
    .describe('share of the clips of a batch that are mixed'),
  mixAlpha: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('weight of the kept label of a mixed clip; by default the share of joints in the upper body'),
  mixImbalance: z
    .number()
    .min(1)
    .default(3)
    .describe('a class with this many times the training clips of the other gives its label up'),
  loss: z.enum(lossNames).default('action-aware').describe('the loss, see the README of the system'),
  changeEpoch: z
    .int()
    .min(1)
    .optional()
    .describe(
      'epoch, counted from 1, with which the second stage of the loss begins; by default that of the publication, moved in proportion when there are not 24 epochs',
    ),
  mixJointOrder: z
    .enum(['kept', 'concatenated'])
    .default('kept')
    .describe('concatenated: joints of a mixed clip come upper body first, as released'),
  mixPartners: z
    .enum(['original', 'sequential'])
    .default('original')
    .describe('sequential: partners may be mixed already, as released'),
  mixLambda: z
    .enum(['clip', 'batch'])
    .default('clip')
    .describe('batch: one label weight for the whole batch, as released'),
  releasedLoss: z
    .boolean()
    .default(false)
    .describe(
      'the loss as released: alternating action-aware weights, class counts by the name of the split, published change of stage',
    ),
})

/** The values with which BRL repeats its released code. */
export const brlAsReleased = {
  mixAlpha: 0.64,
  mixJointOrder: 'concatenated',
  mixPartners: 'sequential',
  mixLambda: 'batch',
  releasedLoss: true,
}

export type BrlOptions = z.output<typeof brlOptions>
