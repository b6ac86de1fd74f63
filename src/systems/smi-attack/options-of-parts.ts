import type { SmiAttackOptions } from './attack.ts'
import type { GradientOrder } from './contrastive-attack.ts'
import type { ContrastOptions } from './inter-skeleton-contrast.ts'
import type { SmiOptions } from './options.ts'
import type { PretrainingOptions } from './pretraining.ts'

/** Budget in metres of the authors' main table. */
export const BUDGET = 0.01
/** Iterations that go through the budget by default. */
export const STEPS = 100
/** Joints of NTU RGB+D, and how many of them the authors corrupt. */
const CORRUPTED = 15 / 25

/** What the options say of the two encoders and how they are compared. */
export function contrastOptionsOf(options: SmiOptions): ContrastOptions {
  const { dim, queue: K, keyMomentum: m, temperature: T, mlp, width, hidden: hiddenSize, layers } = options
  return { dim, K, m, T, mlp, width, hiddenSize, layers }
}

/** What the options say of the pre-training on clips of so many joints. */
export function pretrainingOptionsOf(options: SmiOptions, joints: number): PretrainingOptions {
  const { schedule, corrupted = Math.round(CORRUPTED * joints) } = options
  return { ...options, cosine: schedule === 'cosine', view: { joints: corrupted } }
}

/** What the options say of the attack, but for lengths and the order of its gradient. */
export function attackOptionsOf({
  iterations,
  attackMomentum: momentum,
  attackBatch: batchSize,
  clusters,
  droppedCentres,
  frames,
}: SmiOptions): Omit<SmiAttackOptions, 'budget' | 'stepSize' | keyof GradientOrder> {
  return { iterations, momentum, batchSize, clusters, droppedCentres, frames }
}

/** How many frames back a gradient of this order knows the motion. */
export function gradientOrderOf(order: SmiOptions['order']): GradientOrder {
  return { firstOrder: order !== 'none', secondOrder: order === 'second' }
}
