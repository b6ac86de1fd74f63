import { OssatureError } from '../../errors.ts'
import { checkClassIndices, type Scores } from '../scores/scores.ts'

/** Features of N samples, row-major (N, D). */
export interface Features {
  readonly data: Float32Array | Float64Array
  readonly samples: number
  readonly dimension: number
}

export interface NearestNeighbourOptions {
  /** How many neighbours vote; default 20, of at most as many as there are. */
  readonly neighbours?: number
  /** A vote counts exp(cosine / temperature); without one all votes are equal. */
  readonly temperature?: number
}

/**
 * Scores of samples by the labels of their nearest known samples, cosine similarity (Wu et al. 2018, "Unsupervised Feature
 * Learning via Non-Parametric Instance Discrimination", arXiv 1805.01978, section 3.4): of each class, the votes of its
 * samples among the nearest, as a share of all votes. Of equally similar ones the first comes first. Vectors of length 0
 * are similar to nothing.
 * @throws OssatureError when features and labels do not fit, or there is nobody to ask
 */
export function nearestNeighbours(
  queries: Features,
  known: Features,
  labels: ArrayLike<number>,
  classes: number,
  { neighbours = 20, temperature }: NearestNeighbourOptions = {},
): Scores {
  checkFeatures(queries, known)
  if (!(Number.isInteger(neighbours) && neighbours > 0) || !(temperature === undefined || temperature > 0))
    throw new OssatureError('no nearest neighbours can vote so', {
      expected: 'a whole number of neighbours and a temperature, both above 0',
      found: `${neighbours} neighbours, temperature ${temperature ?? 'none'}`,
    })
  const data = new Float64Array(queries.samples * classes)
  checkClassIndices(labels, known.samples, classes)
  const [from, to] = [unitRows(queries), unitRows(known)]
  const similarity = new Float64Array(known.samples)
  const count = Math.min(neighbours, known.samples)
  for (let n = 0; n < queries.samples; n++) {
    for (let m = 0; m < known.samples; m++) similarity[m] = dot(from, n, to, m, known.dimension)
    const nearest = largest(similarity, count)
    // Relative to the nearest one, so that a small temperature does not overflow.
    const votes = nearest.map((m) =>
      temperature === undefined ? 1 : Math.exp((similarity[m] - similarity[nearest[0]]) / temperature),
    )
    const total = votes.reduce((sum, vote) => sum + vote, 0)
    nearest.forEach((m, i) => {
      data[n * classes + labels[m]] += votes[i] / total
    })
  }
  return { data, samples: queries.samples, classes }
}

function checkFeatures(queries: Features, known: Features): void {
  for (const [name, { data, samples, dimension }] of Object.entries({ queries, known }))
    if (data.length !== samples * dimension)
      throw new OssatureError('the features do not fill their shape', {
        where: name,
        expected: `${samples} samples of ${dimension} numbers`,
        found: `${data.length} numbers`,
      })
  if (known.samples === 0) throw new OssatureError('nearest neighbours need at least one known sample')
  if (queries.dimension !== known.dimension)
    throw new OssatureError('features of different lengths cannot be compared', {
      expected: `${known.dimension} numbers`,
      found: `${queries.dimension}`,
    })
}

function unitRows({ data, samples, dimension }: Features): Float64Array {
  const rows = Float64Array.from(data)
  for (let n = 0; n < samples; n++) {
    const row = rows.subarray(n * dimension, (n + 1) * dimension)
    const length = Math.sqrt(dot(rows, n, rows, n, dimension))
    if (length > 0) for (let d = 0; d < dimension; d++) row[d] /= length
  }
  return rows
}

function dot(a: Float64Array, n: number, b: Float64Array, m: number, dimension: number): number {
  let sum = 0
  for (let d = 0; d < dimension; d++) sum += a[n * dimension + d] * b[m * dimension + d]
  return sum
}

/** Positions of the largest values, in descending order. */
function largest(values: Float64Array, count: number): number[] {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) {
    if (found.length === count && values[i] <= values[found[count - 1]]) continue
    let at = Math.min(found.length, count - 1)
    while (at > 0 && values[found[at - 1]] < values[i]) at--
    found.splice(at, 0, i)
    if (found.length > count) found.pop()
  }
  return found
}
