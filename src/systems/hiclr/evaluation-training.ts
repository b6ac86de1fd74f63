import { type LearningRate, perEpoch } from '../../train/schedules.ts'
import { hiclrSchedule } from './learning-rates.ts'
import type { EncoderName, HiclrOptions } from './options.ts'

/** How a classifier is trained on an encoder, or with it. */
export interface EvaluationTraining {
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  readonly milestones: readonly number[]
  readonly warmUp: number
  readonly weightDecay: number
}

/** The published recipes. */
const PUBLISHED: Readonly<Record<'linear' | 'finetune' | 'semi', Readonly<Record<EncoderName, EvaluationTraining>>>> = {
  linear: {
    'st-gcn': { epochs: 100, batchSize: 128, learningRate: 3, milestones: [80], warmUp: 0, weightDecay: 0 },
    dsta: { epochs: 100, batchSize: 128, learningRate: 3, milestones: [30, 80], warmUp: 0, weightDecay: 0 },
  },
  finetune: {
    'st-gcn': { epochs: 70, batchSize: 64, learningRate: 0.1, milestones: [30, 55], warmUp: 5, weightDecay: 1e-4 },
    dsta: { epochs: 80, batchSize: 128, learningRate: 0.1, milestones: [35, 55], warmUp: 5, weightDecay: 5e-4 },
  },
  semi: {
    'st-gcn': { epochs: 60, batchSize: 64, learningRate: 0.1, milestones: [20, 40], warmUp: 5, weightDecay: 1e-4 },
    dsta: { epochs: 50, batchSize: 128, learningRate: 0.1, milestones: [15, 25], warmUp: 5, weightDecay: 5e-4 },
  },
}

/**
 * The options, and what they leave open as published. In a run of another length the rate changes at the same shares of
 * it; a change that would fall before the second epoch is left out.
 */
export function evaluationTraining(options: HiclrOptions): EvaluationTraining {
  const { evaluation, encoder } = options
  const published = PUBLISHED[evaluation === 'knn' ? 'linear' : evaluation][encoder]
  const { epochs = published.epochs } = options
  const scaled = (epoch: number) => Math.round((epoch * epochs) / published.epochs)
  // A linear classifier's rate falls behind these epochs, others' with them.
  const earliest = evaluation === 'linear' ? 1 : 2
  return {
    epochs,
    batchSize: options.batchSize ?? published.batchSize,
    learningRate: options.learningRate ?? published.learningRate,
    milestones: options.milestones ?? published.milestones.map(scaled).filter((epoch) => epoch >= earliest),
    warmUp: options.warmUp ?? scaled(published.warmUp),
    weightDecay: options.weightDecay ?? published.weightDecay,
  }
}

/** The rate of each epoch with labels. */
export function evaluationRate({ evaluation }: HiclrOptions, training: EvaluationTraining): LearningRate {
  const { learningRate: base, milestones: steps, warmUp, epochs } = training
  const command = evaluation === 'linear' ? 'linear' : 'finetune'
  return perEpoch(hiclrSchedule({ command, optimizer: 'sgd', base, steps, warmUp, epochs }))
}
