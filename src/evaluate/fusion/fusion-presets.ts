/** What of every stream is added up. */
export type FusionOf = 'probabilities' | 'scores'

/** Weights that were published for a list of streams in this order. */
export interface FusionPreset {
  readonly streams: readonly string[]
  readonly weights: readonly number[]
  readonly of: FusionOf
  /** Where the weights are from. */
  readonly source: string
}

const FOUR = ['joint', 'bone', 'joint motion', 'bone motion']

/** Published fusion weights by name. */
export const FUSION_PRESETS: Readonly<Record<string, FusionPreset>> = {
  'two-streams': { streams: ['joint', 'bone'], weights: [1, 1], of: 'probabilities', source: 'PYSKL, BRL' },
  'four-streams': { streams: FOUR, weights: [2, 2, 1, 1], of: 'probabilities', source: 'PYSKL, BRL' },
  'four-streams-kinetics': { streams: FOUR, weights: [3, 3, 1, 1], of: 'probabilities', source: 'BRL on Kinetics' },
  'six-streams': {
    streams: ['joint', 'bone', 'k-bone', 'joint motion', 'bone motion', 'k-bone motion'],
    weights: [2, 2, 2, 1, 1, 1],
    of: 'probabilities',
    source: 'BRL',
  },
  'ctr-gcn': { streams: FOUR, weights: [0.6, 0.6, 0.4, 0.4], of: 'scores', source: 'CTR-GCN' },
  'fr-head-ntu60': { streams: FOUR, weights: [2, 2, 1, 1], of: 'scores', source: 'FR-Head on NTU RGB+D 60, X-Sub' },
  'fr-head-ntu120': {
    streams: FOUR,
    weights: [0.6, 0.75, 0.3, 0.15],
    of: 'scores',
    source: 'FR-Head on NTU RGB+D 120',
  },
  gap: { streams: FOUR, weights: [0.8, 0.8, 0.2, 0.2], of: 'scores', source: 'GAP' },
}
