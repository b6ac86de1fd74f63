import { z } from 'zod'
import { attackMachineOptions, attackOptions } from '../attack-options.ts'
import { sgdOptions } from '../classification/options.ts'

/** Options of the attack. Defaults are the authors', for NTU RGB+D. */
export const smiOptions = z.object({
  ...attackOptions.shape,
  placement: z
    .enum(['upright', 'centred'])
    .optional()
    .describe(
      'clips stand around the body as the encoder sees them, upright also turned to the front; by default upright where the layout states its axes',
    ),
  pretrainOn: z
    .enum(['attacked', 'test', 'training'])
    .default('attacked')
    .describe(
      'clips that the encoder learns from, without their labels: those that are attacked, all test clips, or the training clips',
    ),
  epochs: z.int().min(1).default(451).describe('epochs of the pre-training'),
  batchSize: z.int().min(1).default(64).describe('clips in one step of the pre-training'),
  learningRate: z.number().positive().default(0.01).describe('learning rate of the pre-training at its start'),
  schedule: z
    .enum(['cosine', 'steps'])
    .default('steps')
    .describe('cosine: the learning rate falls to zero over the pre-training; steps: to a tenth at each of milestones'),
  milestones: z
    .array(z.int().min(1))
    .default([160, 351])
    .describe('epochs after which the learning rate falls to a tenth, where the schedule is steps'),
  momentum: sgdOptions.shape.momentum,
  weightDecay: z.number().min(0).default(1e-4).describe('weight decay of all parameters'),
  window: z.int().min(4).default(64).describe('frames of a view in the pre-training'),
  corrupted: z
    .int()
    .min(0)
    .optional()
    .describe('joints that are corrupted in every other view; by default 15 of 25, the same share of others'),
  width: z
    .int()
    .min(4)
    .multipleOf(4)
    .default(64)
    .describe('channels of the first blocks of the graph encoder, the one that is attacked'),
  hidden: z
    .int()
    .min(1)
    .default(1024)
    .describe('size of the state of the sequence encoder, in each of its two directions'),
  layers: z.int().min(1).default(3).describe('layers of the sequence encoder'),
  dim: z.int().min(1).default(128).describe('length of the vectors that the two encoders are compared by'),
  queue: z.int().min(1).default(16384).describe('vectors that each queue remembers, a multiple of the batch size'),
  keyMomentum: z
    .number()
    .min(0)
    .max(1)
    .default(0.999)
    .describe('share of itself that a key encoder keeps at every step'),
  temperature: z.number().positive().default(0.07).describe('temperature of the contrastive loss of the pre-training'),
  mlp: z.boolean().default(false).describe('whether each encoder ends in two layers in place of one'),
  iterations: z.int().min(1).default(400).describe('iterations of the attack'),
  stepSize: z
    .number()
    .positive()
    .optional()
    .describe(
      'how far one iteration moves a coordinate, in the unit of the data; by default a hundredth of the budget',
    ),
  attackMomentum: z
    .number()
    .min(0)
    .default(1)
    .describe('share of the former direction that is added in each iteration; 0 for none (I-FGSM)'),
  order: z
    .enum(['none', 'first', 'second'])
    .default('second')
    .describe('how many frames back the gradient knows the motion; none for the plain attack'),
  attackBatch: z.int().min(1).default(8).describe('clips that are attacked together; each is led towards the others'),
  clusters: z.int().min(1).default(120).describe('clusters of the clips, whose centres the clips are led towards'),
  droppedCentres: z.int().min(0).default(10).describe('centres nearest to a clip that it is not led towards'),
  frames: z
    .int()
    .min(4)
    .optional()
    .describe("frames that the attacked encoder sees; by default the longest clip's; shorter clips are repeated"),
  ...attackMachineOptions.shape,
})

export type SmiOptions = z.output<typeof smiOptions>

/** The released pre-training reads the training clips. */
export const smiAsReleased = { pretrainOn: 'training' } as const
