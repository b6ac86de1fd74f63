export { type Coordinates, toFloat32, toFloat64 } from './allocate.ts'
export { changeFrameRate } from './change-frame-rate.ts'
export { type ConversionRule, conversionRules } from './conversion-rules.ts'
export {
  type Conversion,
  type ConversionOptions,
  type ConversionSource,
  type ConvertedPoints,
  convertPoints,
  planConversion,
} from './convert-points.ts'
export {
  type CompressedPoses,
  type DecompressedPoses,
  type DecompressOptions,
  decompressPoses,
} from './decompress-poses.ts'
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
  type JointGroup,
  type JointPair,
  type Layout,
  type LayoutInput,
  limbsOf,
  mirrorOrder,
  type PoseAxes,
  type Unit,
} from './layout.ts'
export * from './layouts/index.ts'
export { layoutFromNames, type NamedLayout, withDimensions } from './named-layout.ts'
export {
  eachPerson,
  type PersonOrder,
  personMotion,
  personOrders,
  type ScoredPoints,
  takePersons,
  topPersons,
  topPersonsPerFrame,
} from './persons.ts'
export type { Points } from './points.ts'
export type { Precision } from './precision.ts'
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
  streamNames,
} from './streams.ts'
