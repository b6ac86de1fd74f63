import type { ClipShape, IterativeAttackPlan } from '../../attack/iterative-attack.ts'
import { motionInformedGradient } from '../../attack/motion/motion-gradient.ts'
import { crossEntropy } from '../../nn/index.ts'
import { cosineSimilarity, full, normalize, type Tensor, unsqueeze } from '../../tensor/index.ts'

/** What gives the features that are attacked. */
export interface FeatureEncoder {
  readonly featureSize: number
  /** M of the clips that it takes. */
  readonly numPerson: number
  /** x (N, M, T, V, C) to (N, featureSize) */
  features(x: Tensor): Tensor
}

/** Which terms of the motion-informed gradient count: none (I, MI), the first (S1) or both (S2). */
export interface GradientOrder {
  readonly firstOrder: boolean
  readonly secondOrder: boolean
}

export type AttackConstant = 'candidates' | 'first' | 'second'

/** Lengths below this count as this in a similarity. */
const SHORTEST = 0.1

/** Cosines (N, columns) of the unit features of clips with their candidates (N, columns, D). */
export function candidateSimilarities(encoder: FeatureEncoder, x: Tensor, candidates: Tensor): Tensor {
  return cosineSimilarity(unsqueeze(normalize(encoder.features(x)), 1), candidates, 2, SHORTEST)
}

/**
 * The attack without labels (Lu et al. 2023, equation 2): away from the clip's own clean feature, which is the first of
 * its candidates, and towards the others. No temperature.
 * @param columns candidates of a clip
 */
export function contrastivePlan(
  encoder: FeatureEncoder,
  shape: ClipShape,
  columns: number,
  { firstOrder, secondOrder }: GradientOrder,
): IterativeAttackPlan<AttackConstant> {
  const [N] = shape
  return {
    shape,
    constants: { candidates: [N, columns, encoder.featureSize], first: shape, second: shape },
    objective: (x, { candidates }) => crossEntropy(candidateSimilarities(encoder, x, candidates), full([N], 0, 'i32')),
    inform: (gradient, { first, second }) =>
      motionInformedGradient(gradient, {
        first: firstOrder ? first : undefined,
        second: secondOrder ? second : undefined,
      }),
  }
}
