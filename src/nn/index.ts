export { BatchNorm, type BatchNormOptions, batchNorm } from './batch-norm.ts'
export * from './convolution.ts'
export { Dropout, DropPath, FeatureDropout } from './dropout.ts'
export { Embedding, type EmbeddingOptions } from './embedding.ts'
export { GroupNorm, type GroupNormOptions } from './group-norm.ts'
export { Gru, type GruOutput } from './gru.ts'
export { Identity } from './identity.ts'
export * from './initialization.ts'
export { InstanceNorm, type InstanceNormOptions } from './instance-norm.ts'
export { LayerNorm, type LayerNormOptions } from './layer-norm.ts'
export { Linear } from './linear.ts'
export * from './losses/index.ts'
export { Lstm, type LstmOutput, type LstmState } from './lstm.ts'
export { Buffer, type Forward, initialize, Module, nameParts, Parameter, Sequential } from './module.ts'
export { moveTowards } from './moving-average.ts'
export {
  type AttentionMasks,
  type AttentionResult,
  MultiHeadAttention,
  type MultiHeadAttentionOptions,
} from './multi-head-attention.ts'
export { type PrefixChange, prefixChange, withPrefixChanged } from './name-prefixes.ts'
export { Adam, type AdamOptions, AdamW } from './optimizers/adam.ts'
export type { GradientLimits, Optimizer, ParameterGroup } from './optimizers/optimizer.ts'
export { Sgd, type SgdOptions } from './optimizers/sgd.ts'
export * from './pooling.ts'
export { Prelu } from './prelu.ts'
export type { RecurrentOptions } from './recurrent.ts'
export { type AttentionOptions, attentionWeights, scaledDotProductAttention } from './scaled-dot-product-attention.ts'
export {
  encodeStateDict,
  type LoadOptions,
  type LoadReport,
  loadStateDict,
  type StateEntry,
  type StateHolder,
} from './state-dict.ts'
export * from './structured-initialization.ts'
export { TransformerEncoderLayer, type TransformerEncoderOptions } from './transformer-encoder-layer.ts'
