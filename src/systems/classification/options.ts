import { z } from 'zod'
import { classChoiceSchema } from '../../data/classes/class-choice.ts'
import { BACKBONE_NAMES } from '../../models/build.ts'
import { DEVICE_NAMES } from '../../runtime/node.ts'
import { personOrders } from '../../skeleton/persons.ts'
import { type StreamName, streamNames } from '../../skeleton/streams.ts'

const STREAMS = streamNames as [StreamName, ...StreamName[]]

/** Which clips a system is trained and tested on. */
export const problemOptions = z.object({
  protocol: z
    .string()
    .optional()
    .describe(
      'how clips are divided into training and test: a published protocol (nw-ucla, sbu:1), a split of the data, folds:performer:1/5, leave-out:performer=3 or list:FILE; by default that of the data set',
    ),
  classes: classChoiceSchema
    .optional()
    .describe(
      'some classes only: their names (walk,run) or numbers from 0, or a published choice, such as ntu-mutual for the actions of two persons; by default all',
    ),
  imbalance: z
    .number()
    .min(1)
    .optional()
    .describe(
      'cut the training set to a long tail with this ratio of largest to smallest class; 1 keeps it whole; by default 10 for all classes of NW-UCLA without another cut, otherwise 1',
    ),
  largest: z.int().min(1).default(100).describe('training clips of the largest class of a long-tailed cut'),
  profile: z
    .enum(['exp', 'step'])
    .default('exp')
    .describe(
      'how a long-tailed cut falls over the classes: exp exponentially, step in one step after half of the classes',
    ),
  counts: z
    .array(z.int().min(1))
    .optional()
    .describe('cut the training set to as many clips of each class as stand here, in class order'),
  shots: z.int().min(1).optional().describe('cut the training set to this many clips of each class (few-shot)'),
  share: z
    .number()
    .positive()
    .max(1)
    .optional()
    .describe(
      'cut the training set, or what an imbalance that is given leaves of it, to this share of the clips of each class, at least one',
    ),
  perPerson: z
    .boolean()
    .default(false)
    .describe('each person of a clip is a clip of its own with the label of the clip, in training and in test'),
  cutSeed: z.int().min(0).default(0).describe('seed of cuts and folds; 0 as published'),
})

/** The network of a system that takes any of them. */
export const backboneOptions = z.object({
  backbone: z
    .enum(BACKBONE_NAMES as [string, ...string[]])
    .default('stgcnpp')
    .describe('the network that turns motion into features'),
  width: z
    .int()
    .min(8)
    .default(64)
    .describe('channels of the first block; later blocks have two and four times as many'),
  dropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0)
    .describe('share of the pooled features in front of the classifier that training sets to zero'),
  tcnDropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0)
    .describe(
      "share of the features behind temporal convolutions that training sets to zero: in all blocks but the first, for msg3d at the end of each stage; 0.5 in PYSKL's plain stgcn; of the -original networks only stgcn-original has it",
    ),
})

/** What the network sees of a clip. Defaults are those of the BRL configurations. */
export const sampleOptions = z.object({
  stream: z
    .enum(STREAMS)
    .default('j')
    .describe('what the network sees: joints j, bones b, skip bones k, or their motions jm, bm, km'),
  clipLength: z
    .int()
    .min(4)
    .optional()
    .describe('frames that the network sees; by default 52 for Kinect 20-joint clips, 64 for others'),
  persons: z
    .int()
    .min(1)
    .max(8)
    .optional()
    .describe('persons in a clip; by default as many as the data set has, at most 2'),
  personChoice: z
    .enum(personOrders)
    .default('given')
    .describe(
      'who is seen where a clip has more persons: those that the data name first, those that move most, or those with the highest scores',
    ),
  scores: z
    .boolean()
    .default(false)
    .describe('2-D poses: the scores of the joints are a third channel, and joints with next to none are missing'),
  testClips: z
    .int()
    .min(1)
    .default(10)
    .describe('samples of each test clip that are averaged, where the sampling is random'),
  view: z
    .boolean()
    .optional()
    .describe('turn and scale training clips at random, as the NW-UCLA conversion does; by default for 20-joint clips'),
  scale: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe('training clips are stretched along each axis by up to this share'),
  rotation: z
    .number()
    .min(0)
    .max(3.15)
    .default(0)
    .describe('training clips are turned about each axis by up to this angle, in radians'),
  flip: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('probability that left and right joints of a training clip change places'),
  mirror: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('probability that a training clip is mirrored: x becomes -x, left and right joints change places'),
  reverse: z.number().min(0).max(1).default(0).describe('probability that a training clip runs backwards in time'),
})

/** How long a network is trained, and at which rate. */
export const trainingOptions = z.object({
  epochs: z.int().min(0).default(16).describe('epochs of training; 0 tests the weights of --from as they are'),
  repeat: z.int().min(1).default(5).describe('times that the training set is gone through in one epoch'),
  batchSize: z.int().min(1).default(16).describe('clips in one optimiser step'),
  learningRate: z.number().positive().default(0.0125).describe('learning rate at the start'),
  schedule: z
    .enum(['cosine', 'steps'])
    .default('cosine')
    .describe('cosine: the learning rate falls to zero over the run; steps: to a tenth at each of milestones'),
  milestones: z
    .array(z.int().min(1))
    .default([])
    .describe('epochs after which the learning rate falls to a tenth, where the schedule is steps'),
  warmUp: z.int().min(0).default(0).describe('epochs over which the learning rate rises linearly to its start'),
  averaging: z
    .number()
    .min(0)
    .max(0.99999)
    .default(0)
    .describe(
      'what is tested and exported is a moving average of weights and statistics that keeps this share of itself at every step; 0 for the weights themselves',
    ),
  evaluateEvery: z
    .int()
    .min(0)
    .default(4)
    .describe(
      'epochs between evaluations on the test clips, for the curves only: no checkpoint is chosen by them; 0 for none',
    ),
})

/** Stochastic gradient descent. */
export const sgdOptions = z.object({
  momentum: z.number().min(0).max(0.999).default(0.9).describe('momentum of the optimiser'),
  nesterov: z.boolean().default(true).describe("whether the momentum is Nesterov's"),
  weightDecay: z.number().min(0).default(5e-4).describe('weight decay of all parameters'),
})

/** What every run is told, whatever it does. */
export const machineOptions = z.object({
  seed: z.int().min(0).default(0).describe('seed of initial weights, batches and augmentation'),
  device: z
    .enum(DEVICE_NAMES)
    .default('cpu')
    .describe('where the network trains and is tested; cuda and webgpu need a GPU'),
  threads: z.int().min(0).default(0).describe('threads within an operator; 0 takes one per core'),
  loaders: z
    .int()
    .min(0)
    .max(16)
    .default(1)
    .describe('threads that prepare the next batches beside the training; 0 prepares them in between'),
  keepEvery: z
    .int()
    .min(1)
    .optional()
    .describe('keep the checkpoint of every so many epochs for good; by default only the newest two of each phase'),
})

/** Options of a backbone trained by stochastic gradient descent. */
export const classificationOptions = z.object({
  ...problemOptions.shape,
  ...backboneOptions.shape,
  ...sampleOptions.shape,
  ...trainingOptions.shape,
  ...sgdOptions.shape,
  ...machineOptions.shape,
})

export type ProblemOptions = z.output<typeof problemOptions>
export type BackboneOptions = z.output<typeof backboneOptions>
export type SampleOptions = z.output<typeof sampleOptions>
export type TrainingOptions = z.output<typeof trainingOptions>
export type SgdOptions = z.output<typeof sgdOptions>
export type MachineOptions = z.output<typeof machineOptions>
export type ClassificationOptions = z.output<typeof classificationOptions>
