import { z } from 'zod'
import { machineOptions, problemOptions, sgdOptions, trainingOptions } from '../classification/options.ts'
import { STRONG_VIEWS } from './strong-view.ts'

/** What the trained encoder is judged by. */
const EVALUATIONS = ['linear', 'finetune', 'semi', 'knn'] as const

const ENCODERS = ['st-gcn', 'dsta'] as const
export type EncoderName = (typeof ENCODERS)[number]

const milestones = z.array(z.int().min(1)).optional()

/** What an encoder is and sees, in both phases. */
const encoderOptions = z.object({
  encoder: z
    .enum(ENCODERS)
    .default('st-gcn')
    .describe('the network that turns motion into features: a graph network, or the transformer DSTA'),
  width: z
    .int()
    .multipleOf(8)
    .min(8)
    .optional()
    .describe(
      'channels of the first block, a multiple of 8; the last of st-gcn has 16, of dsta 8 times as many; by default 16 for st-gcn, 32 for dsta',
    ),
  stream: z
    .enum(['j', 'b', 'jm'])
    .default('j')
    .describe('what the network sees: joints j, bones b, or the motion of joints jm'),
  clipLength: z.int().min(8).default(50).describe('frames that every clip is resized to'),
  persons: z
    .int()
    .min(1)
    .max(2)
    .optional()
    .describe('persons in a clip; by default as many as the data set has, at most 2'),
})

/** How an encoder is trained without labels. */
const pretrainingOptions = z.object({
  pretrainEpochs: z
    .int()
    .min(0)
    .default(300)
    .describe(
      'epochs without labels; 0 evaluates the weights that the run starts from, or random ones where there are none',
    ),
  pretrainBatchSize: z.int().min(2).default(128).describe('clips in one step without labels'),
  pretrainLearningRate: z
    .number()
    .positive()
    .optional()
    .describe(
      'learning rate of the training without labels; by default 0.1 for batches of 128, in proportion for other ones',
    ),
  pretrainMilestones: milestones.describe(
    'epochs without labels after which the learning rate falls to a tenth; by default 5/6 of them',
  ),
  pretrainWeightDecay: z
    .number()
    .min(0)
    .optional()
    .describe('weight decay of the training without labels; by default 1e-4 for st-gcn, 5e-4 for dsta'),
  dropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0.5)
    .describe('probability of dropout without labels: in the blocks of st-gcn, on the residual of those of dsta'),
  cropRatio: z
    .int()
    .min(0)
    .default(6)
    .describe('one part in so many of the clip is mirrored at its ends before it is cropped; 0 for no crop'),
  shearAmplitude: z.number().min(0).max(2).default(0.5).describe('largest shear of all views'),
  augMethod: z
    .string()
    .regex(/^[1-6]*$/)
    .default('12345')
    .describe(
      'augmentations of the stronger views, a digit each: 1 flip, 2 rotation, 3 noise, 4 blur, 5 a lost axis, 6 reversal of time',
    ),
  strongView: z
    .enum(STRONG_VIEWS)
    .default('mask')
    .describe('what makes the strongest view: covered joints, dropped or added edges, or the style of another clip'),
  maskRatio: z.number().min(0).max(0.9).default(0.1).describe('share of the joints of a frame that are covered'),
  edgeRate: z
    .number()
    .min(0)
    .max(0.9)
    .optional()
    .describe('largest probability of an edge to be dropped or added; by default 0.1 dropped, 0.05 added'),
  featureDim: z.int().min(2).default(128).describe('numbers of a feature that is compared'),
  queueSize: z
    .int()
    .min(1)
    .optional()
    .describe(
      'old features that every clip is compared with, a multiple of pretrainBatchSize; by default the largest one up to 32768 that is not above the number of training clips',
    ),
  keyMomentum: z
    .number()
    .min(0)
    .max(1)
    .default(0.999)
    .describe('share of itself that the slow encoder keeps at every step'),
  keyStart: z
    .enum(['copy', 'drawn'])
    .default('copy')
    .describe('how the slow encoder starts: a copy of the trained one, or drawn on its own, as released'),
  temperature: z.number().positive().default(0.07).describe('what similarities are divided by'),
  miningFrom: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('share of the epochs without labels after which the nearest old features count as positives, too'),
  nearest: z.int().min(1).default(1).describe('old features that count as positives, for each of the three views'),
})

/** How the encoder is judged. Left open are options in which the published recipes differ. */
const evaluationOptions = z.object({
  evaluation: z
    .enum(EVALUATIONS)
    .default('linear')
    .describe(
      'linear: a linear classifier on the fixed encoder; finetune: all weights are trained; semi: the same with labels of a share of the clips; knn: the nearest training clips vote',
    ),
  labels: z
    .number()
    .positive()
    .max(1)
    .default(0.1)
    .describe('share of the training clips of each class that have labels, where evaluation is semi'),
  epochs: z
    .int()
    .min(1)
    .optional()
    .describe('epochs with labels; by default 100 for linear, 70 or 80 (dsta) for finetune, 60 or 50 (dsta) for semi'),
  batchSize: z
    .int()
    .min(1)
    .optional()
    .describe('clips in one step with labels; by default 128, and 64 for finetune and semi with st-gcn'),
  learningRate: z
    .number()
    .positive()
    .optional()
    .describe('learning rate with labels; by default 3 for linear, 0.1 for finetune and semi'),
  milestones: milestones.describe(
    'epochs with labels after which (linear) or from which on the learning rate falls to a tenth; by default at the published shares of the run',
  ),
  warmUp: z
    .int()
    .min(0)
    .optional()
    .describe(
      'epochs over which the rate rises; by default none for linear, the published share of the run for others',
    ),
  weightDecay: z
    .number()
    .min(0)
    .optional()
    .describe('weight decay with labels; by default 0 for linear, for finetune and semi 1e-4, or 5e-4 with dsta'),
  tuneDropout: z
    .number()
    .min(0)
    .max(0.95)
    .optional()
    .describe('probability of dropout in finetune and semi; by default 0.5 for st-gcn, 0 for dsta'),
  tuneAugment: z
    .boolean()
    .optional()
    .describe('whether clips are cropped and sheared in finetune and semi; by default for dsta only'),
  fixProjection: z
    .boolean()
    .default(true)
    .describe('whether the first projection of dsta stays as it is in finetune and semi'),
  neighbours: z
    .int()
    .min(1)
    .default(20)
    .describe('training clips that vote, without labels and where evaluation is knn'),
  voteTemperature: z
    .number()
    .positive()
    .optional()
    .describe('votes count exp(cosine / voteTemperature); by default all alike'),
})

/** Options of HiCLR, with the values of its published recipes. */
export const hiclrOptions = z.object({
  ...problemOptions.shape,
  ...encoderOptions.shape,
  ...evaluationOptions.shape,
  ...pretrainingOptions.shape,
  momentum: sgdOptions.shape.momentum,
  evaluateEvery: trainingOptions.shape.evaluateEvery
    .default(5)
    .describe(
      'epochs between evaluations on the test clips, without labels by nearest neighbours, for the curves only; 0 for none',
    ),
  ...machineOptions.shape,
})

/** The values with which HiCLR repeats its released code. */
export const hiclrAsReleased = { keyStart: 'drawn' }

export type HiclrOptions = z.output<typeof hiclrOptions>
