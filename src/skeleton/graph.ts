import { OssatureError } from '../errors.ts'
import type { RandomStream } from '../random/stream.ts'
import {
  edgeMatrix,
  hopDistances,
  identityMatrix,
  normalizeColumns,
  reversed,
  type SquareMatrix,
  zeroMatrix,
} from './edge-matrix.ts'
import type { Layout } from './layout.ts'

/** K matrices of V x V in double precision: y[w] = sum over v of x[v] A[k, v, w]. */
export interface Adjacency {
  readonly data: Float64Array
  /** (K, V, V). */
  readonly shape: readonly [number, number, number]
}

export const graphModes = ['spatial', 'stgcn_spatial', 'binary_adj', 'random'] as const
/** The modes of PYSKL's graph. */
export type GraphMode = (typeof graphModes)[number]

export interface GraphOptions {
  mode: GraphMode
  /** `stgcn_spatial` only: largest hop distance that is told apart. Default 1. */
  maxHop?: number
  /** `random` only: number of matrices. Default 3. */
  numFilter?: number
  /** `random` only: the graph has this many times the nodes of the layout (`nx_node`). Default 1. */
  nodeMultiple?: number
  /** `random` only: standard deviation of the entries. Default 0.02. */
  initStd?: number
  /** `random` only: mean of the entries. Default 0.04. */
  initOff?: number
  /** `random` only: where the entries come from. */
  stream?: RandomStream
}

/**
 * The adjacency stack of PYSKL's graph.
 * `spatial`: identity, inward, outward, columns normalised. `binary_adj`: one symmetric 0/1 matrix without self loops.
 * `stgcn_spatial`: close and further per hop, 2 * maxHop + 1 matrices. `random`: initial values of DG-STGCN.
 * @throws OssatureError for an unknown mode, a number that is not whole or out of range, `nodeMultiple` outside of
 * `random`, or `random` without a stream.
 */
export function graphAdjacency(layout: Layout, options: GraphOptions): Adjacency {
  const size = layout.joints.length
  const { mode, maxHop = 1, nodeMultiple = 1 } = options
  requireWhole({ nodeMultiple }, 1)
  if (nodeMultiple !== 1 && mode !== 'random') {
    throw new OssatureError('several nodes per joint exist in the mode random only', { found: `mode ${mode}` })
  }
  switch (mode) {
    case 'spatial':
      return stack([
        identityMatrix(size),
        normalizeColumns(edgeMatrix(layout.inward, size)),
        normalizeColumns(edgeMatrix(reversed(layout.inward), size)),
      ])
    case 'binary_adj':
      return stack([symmetricEdges(layout)])
    case 'stgcn_spatial':
      return stgcnAdjacency(layout, { strategy: 'spatial', maxHop })
    case 'random':
      return randomAdjacency(size * nodeMultiple, options)
    default:
      throw new OssatureError('unknown graph mode', { expected: graphModes.join(', '), found: String(mode) })
  }
}

export const partitionStrategies = ['uniform', 'distance', 'spatial'] as const
/** The partition strategies of the original ST-GCN. */
export type PartitionStrategy = (typeof partitionStrategies)[number]

export interface PartitionOptions {
  strategy: PartitionStrategy
  /** Largest hop distance that counts, at most as many as joints. Default 1. */
  maxHop?: number
  /** Distance between the hops that count. Default 1. */
  dilation?: number
}

/**
 * The adjacency stack of the original ST-GCN. Hops 0, dilation, 2 * dilation, ... up to maxHop count.
 * `uniform`: one matrix. `distance`: one per hop. `spatial`: one for hop 0, then (close, further) per hop, where
 * (j, i) is close when j is not nearer to the centre than i. Distances to the centre are known up to maxHop only and
 * infinite beyond, as in the authors' code: with one hop, links far from the centre are close in both directions.
 * @throws OssatureError for an unknown strategy, or a number that is not whole or out of range.
 */
export function stgcnAdjacency(layout: Layout, options: PartitionOptions): Adjacency {
  const { strategy, maxHop = 1, dilation = 1 } = options
  if (!partitionStrategies.includes(strategy)) {
    throw new OssatureError('unknown partition strategy', {
      expected: partitionStrategies.join(', '),
      found: String(strategy),
    })
  }
  const size = layout.joints.length
  requireWhole({ maxHop }, 0, size)
  requireWhole({ dilation }, 1)
  const hops: number[] = []
  for (let hop = 0; hop <= maxHop; hop += dilation) hops.push(hop)
  const distance = hopDistances(symmetricEdges(layout), maxHop).data
  const reached = { size, data: distance.map((hop) => (hops.includes(hop) ? 1 : 0)) }
  const normalised = normalizeColumns(reached)
  if (strategy === 'uniform') return stack([normalised])

  const select = (accept: (row: number, column: number) => boolean): SquareMatrix => {
    const matrix = zeroMatrix(size)
    for (let i = 0; i < size * size; i++) {
      if (accept(Math.floor(i / size), i % size)) matrix.data[i] = normalised.data[i]
    }
    return matrix
  }
  const matrices = hops.flatMap((hop) => {
    const atHop = (j: number, i: number) => distance[j * size + i] === hop
    const isClose = (j: number, i: number) => distance[j * size + layout.centre] >= distance[i * size + layout.centre]
    if (strategy === 'distance' || hop === 0) return [select(atHop)]
    return [select((j, i) => atHop(j, i) && isClose(j, i)), select((j, i) => atHop(j, i) && !isClose(j, i))]
  })
  return stack(matrices)
}

/** The 0/1 matrix of all edges in both directions, without self loops. */
export function symmetricEdges(layout: Layout): SquareMatrix {
  return edgeMatrix([...layout.inward, ...reversed(layout.inward)], layout.joints.length)
}

/** Matrices of equal size put on top of each other. */
export function stack(matrices: readonly SquareMatrix[]): Adjacency {
  const { size } = matrices[0]
  const data = new Float64Array(matrices.length * size * size)
  matrices.forEach((matrix, k) => {
    data.set(matrix.data, k * size * size)
  })
  return { data, shape: [matrices.length, size, size] }
}

function randomAdjacency(size: number, options: GraphOptions): Adjacency {
  const { stream, numFilter = 3, initStd = 0.02, initOff = 0.04 } = options
  if (!stream) throw new OssatureError('the graph mode random needs a random stream')
  requireWhole({ numFilter }, 1)
  const data = Float64Array.from({ length: numFilter * size * size }, () => initOff + initStd * stream.normal())
  return { data, shape: [numFilter, size, size] }
}

function requireWhole(named: Readonly<Record<string, number>>, least: number, most = 2 ** 16): void {
  for (const [name, value] of Object.entries(named)) {
    if (Number.isInteger(value) && value >= least && value <= most) continue
    throw new OssatureError('there is no such graph', {
      where: name,
      expected: `a whole number from ${least} to ${most}`,
      found: `${value}`,
    })
  }
}
