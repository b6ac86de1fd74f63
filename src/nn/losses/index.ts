export { balancedSoftmaxLoss } from './balanced-softmax.ts'
export {
  type BinaryCrossEntropyOptions,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  type LogitsOptions,
} from './binary-cross-entropy.ts'
export { type CosineEmbeddingOptions, cosineEmbeddingLoss, cosineSimilarityLoss } from './cosine.ts'
export { type CrossEntropyOptions, crossEntropy, crossEntropyPerSample } from './cross-entropy.ts'
export { type FocalOptions, focalLoss, focused, type SigmoidFocalOptions, sigmoidFocalLoss } from './focal.ts'
export { type InfoNceOptions, infoNce } from './info-nce.ts'
export { type KlDivergenceOptions, klDivergence } from './kl-divergence.ts'
export { type LdamOptions, ldamLoss, ldamMargins, ldamScores, type MarginOptions } from './ldam.ts'
export type { Reduction, ReductionOptions } from './reduction.ts'
export { type HuberOptions, huberLoss, l1Loss, mseLoss, type SmoothL1Options, smoothL1Loss } from './regression.ts'
export { type SupervisedContrastiveOptions, supervisedContrastive } from './supervised-contrastive.ts'
export {
  type DistanceOptions,
  pairwiseDistance,
  type TripletMarginOptions,
  tripletMarginLoss,
} from './triplet-margin.ts'
