export type { PartitionSize, SkateFormerOptions } from './options.ts'
export { SKATEFORMER_NTU, SKATEFORMER_NW_UCLA } from './recipes.ts'
export { SkateFormer } from './skateformer.ts'
