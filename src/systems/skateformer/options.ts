import { z } from 'zod'
import { baseStreams, type StreamName } from '../../skeleton/streams.ts'
import { machineOptions, problemOptions, trainingOptions } from '../classification/options.ts'

const MODALITIES = baseStreams.slice(0, 2).flatMap((stream) => [stream, `${stream}m`]) as [StreamName, ...StreamName[]]

/** Options of SkateFormer, with the values of its published recipes. */
export const skateformerOptions = z.object({
  ...problemOptions.shape,
  stream: z.enum(MODALITIES).default('j').describe('what the network sees: joints j, bones b, or their motions jm, bm'),
  clipLength: z
    .int()
    .min(64)
    .multipleOf(64)
    .default(64)
    .describe('frames that the network sees; partitions need a multiple of 64'),
  persons: z
    .int()
    .min(1)
    .max(2)
    .optional()
    .describe('persons in a clip; by default as many as the data set has, at most 2'),
  secondPerson: z
    .enum(['zeros', 'copy'])
    .default('zeros')
    .describe(
      'what a clip of one person has in the place of a second: zeros, as released for NTU RGB+D, or a copy, as for NTU RGB+D 120',
    ),
  width: z
    .int()
    .multipleOf(32)
    .min(32)
    .default(96)
    .describe('channels of the first stage; the others have twice as many'),
  depth: z.int().min(1).default(2).describe('blocks of each of the four stages'),
  mlpRatio: z
    .number()
    .positive()
    .optional()
    .describe('width of the hidden layer of a block by that of the block; by default 1 for NW-UCLA, 4 for others'),
  relativeBias: z
    .enum(['released', 'intended'])
    .default('released')
    .describe(
      'released: near joints are told apart by the place in their partition, as released; intended: by frames, as published',
    ),
  attnDrop: z.number().min(0).max(0.95).default(0.5).describe('share of attention weights that training sets to zero'),
  dropPath: z
    .number()
    .min(0)
    .max(0.95)
    .default(0.2)
    .describe('share of clips that the last block passes by in training'),
  inter: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('probability that a clip takes the bone lengths of another one of its class; not for NW-UCLA'),
  intra: z.number().min(0).max(1).default(0.5).describe('probability that a training clip is augmented by itself'),
  epochs: trainingOptions.shape.epochs.default(500),
  repeat: z
    .int()
    .min(1)
    .optional()
    .describe('times that the training set is gone through in one epoch; by default 10 for NW-UCLA, 1 for others'),
  batchSize: trainingOptions.shape.batchSize.default(128),
  learningRate: z.number().positive().default(1e-3).describe('learning rate after the warm-up; cosine to a hundredth'),
  warmUp: z.number().min(0).max(1).default(0.05).describe('share of the run over which the learning rate rises'),
  weightDecay: z.number().min(0).default(0.1).describe('weight decay of all parameters (AdamW)'),
  clipNorm: z.number().positive().default(1).describe('largest norm of all gradients together'),
  labelSmoothing: z
    .number()
    .min(0)
    .max(0.99)
    .default(0.1)
    .describe('share of the target that is spread over all classes'),
  averaging: trainingOptions.shape.averaging,
  evaluateEvery: trainingOptions.shape.evaluateEvery.default(50),
  ...machineOptions.shape,
})

export type SkateformerOptions = z.output<typeof skateformerOptions>
