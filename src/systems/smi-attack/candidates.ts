import { OssatureError } from '../../errors.ts'
import { squaredDistance, type Vectors } from '../../evaluate/features/vectors.ts'

/**
 * The centres that stand against feature `i`, nearest first, without the nearest ones: these may be of its own class.
 * @throws OssatureError when no centre is left
 */
export function keptCentres(features: Vectors, i: number, centres: Vectors, droppedCentres: number): number[] {
  const distances = Array.from({ length: centres.count }, (_, j) =>
    squaredDistance(features.data, i, centres.data, j, features.size),
  )
  const kept = Array.from(distances.keys())
    .sort((a, b) => distances[a] - distances[b])
    .slice(droppedCentres)
  if (kept.length > 0) return kept
  throw new OssatureError('no cluster is left to contrast a clip with', {
    expected: `fewer dropped centres than the ${centres.count} clusters`,
    found: String(droppedCentres),
  })
}

/**
 * What the features of a batch of N clips are compared with, (N, N + kept centres, D): for clip i its own clean feature,
 * then those of the rest of the batch (rows 0 and i exchanged), then the kept centres, nearest first.
 * @param features unit vectors of the batch
 */
export function candidates(features: Vectors, centres: Vectors, droppedCentres: number): Float32Array {
  const { data, count, size } = features
  const columns = count + centres.count - droppedCentres
  const all = new Float32Array(count * columns * size)
  for (let i = 0; i < count; i++) {
    const others = Array.from({ length: count }, (_, row) => (row === 0 ? i : row === i ? 0 : row))
    const rows = [
      ...others.map((row) => data.subarray(row * size, (row + 1) * size)),
      ...keptCentres(features, i, centres, droppedCentres).map((j) => centres.data.subarray(j * size, (j + 1) * size)),
    ]
    rows.forEach((row, column) => {
      all.set(row, (i * columns + column) * size)
    })
  }
  return all
}
