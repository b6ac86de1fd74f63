export { toFloat32, toFloat64 } from './allocate.ts'
export {
  edgeMatrix,
  hopDistances,
  identityMatrix,
  normalizeColumns,
  normalizeSymmetric,
  type SquareMatrix,
} from './edge-matrix.ts'
export {
  type Adjacency,
  type GraphMode,
  type GraphOptions,
  graphAdjacency,
  graphModes,
  type PartitionOptions,
  type PartitionStrategy,
  partitionStrategies,
  stack,
  stgcnAdjacency,
  symmetricEdges,
} from './graph.ts'
export { kAdjacency, windowGraph } from './k-adjacency.ts'
export {
  ancestors,
  bodyPart,
  defineLayout,
  type JointPair,
  type Layout,
  type LayoutInput,
  mirrorOrder,
} from './layout.ts'
export * from './layouts/index.ts'
export type { Points } from './points.ts'
export * from './rotation.ts'
export {
  type BaseStream,
  baseStreams,
  boneStream,
  concatenateChannels,
  motionStream,
  type StreamName,
  type StreamOptions,
  skeletonStreams,
} from './streams.ts'
