import { z } from 'zod'
import {
  backboneOptions,
  machineOptions,
  problemOptions,
  sampleOptions,
  sgdOptions,
  trainingOptions,
} from '../classification/options.ts'
import { contrastVersions } from './class-contrast.ts'

/** Options of FR-Head. Left open are those in which the published recipes of NTU RGB+D and NW-UCLA differ. */
export const frHeadOptions = z.object({
  ...problemOptions.shape,
  ...backboneOptions.shape,
  backbone: backboneOptions.shape.backbone
    .default('ctrgcn-original')
    .describe('the network that carries the heads; one of ten blocks'),
  contrast: z
    .boolean()
    .default(true)
    .describe('whether there are heads at all; without them the backbone is trained alone'),
  clVersion: z
    .enum(contrastVersions)
    .default('V0')
    .describe('which confused samples of a class count, and how, see the README of the system'),
  predThreshold: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('probability above which a recognised sample counts for the prototype of its class'),
  usePMap: z
    .boolean()
    .default(true)
    .describe('whether the less sure the class of a sample is, the more its penalty counts'),
  wClLoss: z.number().min(0).default(0.1).describe('weight of the contrastive loss'),
  wMultiClLoss: z
    .array(z.number().min(0))
    .length(4)
    .default([0.1, 0.2, 0.5, 1])
    .describe('weights of the levels low, mid, high and fin in the contrastive loss'),
  startClEpoch: z
    .int()
    .min(0)
    .default(0)
    .describe('epochs, counted from the start, in which the contrastive loss does not count yet'),
  ...sampleOptions.shape,
  clipLength: z
    .int()
    .min(4)
    .max(256)
    .multipleOf(4)
    .optional()
    .describe('frames that the network sees, a multiple of 4; by default 52 for Kinect 20-joint clips, 64 for others'),
  ...trainingOptions.shape,
  epochs: trainingOptions.shape.epochs.default(65),
  repeat: z
    .int()
    .min(1)
    .optional()
    .describe(
      'times that the training set is gone through in one epoch; by default 5 for 20-joint clips, 1 for others',
    ),
  batchSize: z.int().min(1).default(16).describe('clips in one optimiser step; 64 in the recipes of NTU RGB+D'),
  learningRate: z.number().positive().default(0.1).describe('learning rate after the warm-up'),
  schedule: z
    .enum(['cosine', 'steps'])
    .default('steps')
    .describe('steps: the learning rate falls to a tenth at each of milestones; cosine: it falls to zero over the run'),
  milestones: z
    .array(z.int().min(1))
    .optional()
    .describe(
      'epochs after which the learning rate falls to a tenth; by default at 50/65 of the run for 20-joint clips, at 35/65 and 55/65 for others',
    ),
  warmUp: trainingOptions.shape.warmUp.default(5),
  ...sgdOptions.shape,
  weightDecay: z
    .number()
    .min(0)
    .optional()
    .describe('weight decay of all parameters; by default 1e-4 for 20-joint clips, 4e-4 for others'),
  ...machineOptions.shape,
})

export type FrHeadOptions = z.output<typeof frHeadOptions>
