import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import { squaredDistance, type Vectors } from './vectors.ts'

export interface KMeansOptions {
  /** How often clustering starts anew; the run with the smallest inertia is taken. Default 10. */
  readonly restarts?: number
  /** Default 300. */
  readonly iterations?: number
  /** Ends when the squared movement of all centres is below this share of the mean variance. Default 1e-4. */
  readonly tolerance?: number
}

export interface Clusters {
  /** (clusters, D) */
  readonly centres: Float64Array
  /** Cluster of each vector. */
  readonly assignment: Int32Array
  /** Sum of squared distances to the own centre. */
  readonly inertia: number
}

/**
 * K-means by Lloyd's iterations from centres that are drawn far apart (greedy k-means++, Arthur and Vassilvitskii 2007),
 * with the defaults of scikit-learn. A cluster that loses all its vectors goes to the vector farthest from its centre.
 * @throws OssatureError when there are fewer vectors than clusters, or no start is asked for
 */
export function kMeans(
  vectors: Vectors,
  clusters: number,
  stream: RandomStream,
  options: KMeansOptions = {},
): Clusters {
  const { restarts = 10, iterations = 300, tolerance = 1e-4 } = options
  if (!(Number.isInteger(clusters) && clusters >= 1 && clusters <= vectors.count))
    throw new OssatureError('vectors cannot be divided into so many clusters', {
      expected: `1 to ${vectors.count} clusters`,
      found: String(clusters),
    })
  if (!(restarts >= 1)) throw new OssatureError('clustering needs at least one start', { found: `${restarts}` })
  const least = tolerance * meanVariance(vectors)
  let best: Clusters | undefined
  for (let restart = 0; restart < restarts; restart++) {
    const found = lloyd(vectors, farApart(vectors, clusters, stream.fork('start', restart)), iterations, least)
    if (!best || found.inertia < best.inertia) best = found
  }
  return best!
}

/** Of 2 + log k vectors drawn in proportion to their squared distance to the nearest centre, the one that helps most. */
function farApart({ data, count, size }: Vectors, clusters: number, stream: RandomStream): Float64Array {
  const centres = new Float64Array(clusters * size)
  const place = (cluster: number, vector: number) =>
    centres.set(data.subarray(vector * size, (vector + 1) * size), cluster * size)
  place(0, stream.integer(0, count))
  let nearest = Float64Array.from({ length: count }, (_, i) => squaredDistance(data, i, centres, 0, size))
  const trials = 2 + Math.floor(Math.log(clusters))
  for (let cluster = 1; cluster < clusters; cluster++) {
    let best = { total: Infinity, vector: 0, nearest }
    for (let trial = 0; trial < trials; trial++) {
      const vector = drawnInProportion(nearest, stream)
      const reached = nearest.map((distance, i) => Math.min(distance, squaredDistance(data, i, data, vector, size)))
      const total = reached.reduce((sum, distance) => sum + distance, 0)
      if (total < best.total) best = { total, vector, nearest: reached }
    }
    place(cluster, best.vector)
    nearest = best.nearest
  }
  return centres
}

function drawnInProportion(weights: Float64Array, stream: RandomStream): number {
  let rest = stream.unit() * weights.reduce((sum, weight) => sum + weight, 0)
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]
    if (rest < 0) return i
  }
  return weights.length - 1
}

function lloyd(vectors: Vectors, start: Float64Array, iterations: number, least: number): Clusters {
  const { size } = vectors
  const clusters = start.length / size
  let centres = start
  let assigned = assign(vectors, centres)
  for (let iteration = 0; iteration < iterations; iteration++) {
    const next = means(vectors, assigned, clusters)
    const movement = next.reduce((sum, value, i) => sum + (value - centres[i]) ** 2, 0)
    const before = assigned.assignment
    centres = next
    assigned = assign(vectors, centres)
    if (movement <= least || assigned.assignment.every((cluster, i) => cluster === before[i])) break
  }
  const inertia = assigned.distances.reduce((sum, distance) => sum + distance, 0)
  return { centres, assignment: assigned.assignment, inertia }
}

interface Assigned {
  readonly assignment: Int32Array
  readonly distances: Float64Array
}

function assign({ data, count, size }: Vectors, centres: Float64Array): Assigned {
  const assignment = new Int32Array(count)
  const distances = new Float64Array(count).fill(Infinity)
  for (let i = 0; i < count; i++) {
    for (let cluster = 0; cluster < centres.length / size; cluster++) {
      const distance = squaredDistance(data, i, centres, cluster, size)
      if (distance < distances[i]) {
        distances[i] = distance
        assignment[i] = cluster
      }
    }
  }
  return { assignment, distances }
}

function means({ data, count, size }: Vectors, { assignment, distances }: Assigned, clusters: number): Float64Array {
  const members = assignment.slice()
  const counts = new Int32Array(clusters)
  for (const cluster of members) counts[cluster]++
  if (counts.includes(0)) fillClusters(members, counts, distances)
  const sums = new Float64Array(clusters * size)
  for (let i = 0; i < count; i++) for (let k = 0; k < size; k++) sums[members[i] * size + k] += data[i * size + k]
  return sums.map((sum, at) => sum / counts[Math.floor(at / size)])
}

/** Every empty cluster gets the vector that is farthest from its centre, of clusters with more than one. */
function fillClusters(members: Int32Array, counts: Int32Array, distances: Float64Array): void {
  const farthest = Array.from(distances.keys()).sort((a, b) => distances[b] - distances[a])
  for (let cluster = 0; cluster < counts.length; cluster++) {
    if (counts[cluster] > 0) continue
    const vector = farthest.find((i) => counts[members[i]] > 1)!
    farthest.splice(farthest.indexOf(vector), 1)
    counts[members[vector]]--
    members[vector] = cluster
    counts[cluster] = 1
  }
}

function meanVariance({ data, count, size }: Vectors): number {
  const mean = new Float64Array(size)
  for (let at = 0; at < count * size; at++) mean[at % size] += data[at] / count
  let squares = 0
  for (let at = 0; at < count * size; at++) squares += (data[at] - mean[at % size]) ** 2
  return squares / (count * size)
}
