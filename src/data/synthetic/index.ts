export { ACTION_NAMES } from './actions.ts'
export { generateSynthetic, type SyntheticDataset, type SyntheticOptions, syntheticSplit } from './generate.ts'
export { nwUclaJson } from './nw-ucla-json.ts'
export type { Part } from './population.ts'
