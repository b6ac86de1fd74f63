import { OssatureError } from '../../errors.ts'
import { checkClassIndices, type Scores } from '../scores/scores.ts'
import { unitVectors, type Vectors } from './vectors.ts'

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
  queries: Vectors,
  known: Vectors,
  labels: ArrayLike<number>,
  classes: number,
  { neighbours = 20, temperature }: NearestNeighbourOptions = {},
): Scores {
  checkVectors(queries, known)
  if (!(Number.isInteger(neighbours) && neighbours > 0) || !(temperature === undefined || temperature > 0))
    throw new OssatureError('no nearest neighbours can vote so', {
      expected: 'a whole number of neighbours and a temperature, both above 0',
      found: `${neighbours} neighbours, temperature ${temperature ?? 'none'}`,
    })
  const data = new Float64Array(queries.count * classes)
  checkClassIndices(labels, known.count, classes)
  const [from, to] = [unitVectors(queries).data, unitVectors(known).data]
  const similarity = new Float64Array(known.count)
  const count = Math.min(neighbours, known.count)
  for (let n = 0; n < queries.count; n++) {
    for (let m = 0; m < known.count; m++) similarity[m] = dot(from, n, to, m, known.size)
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
  return { data, samples: queries.count, classes }
}

function checkVectors(queries: Vectors, known: Vectors): void {
  for (const [name, { data, count, size }] of Object.entries({ queries, known }))
    if (data.length !== count * size)
      throw new OssatureError('the features do not fill their shape', {
        where: name,
        expected: `${count} samples of ${size} numbers`,
        found: `${data.length} numbers`,
      })
  if (known.count === 0) throw new OssatureError('nearest neighbours need at least one known sample')
  if (queries.size !== known.size)
    throw new OssatureError('features of different lengths cannot be compared', {
      expected: `${known.size} numbers`,
      found: `${queries.size}`,
    })
}

function dot(a: ArrayLike<number>, n: number, b: ArrayLike<number>, m: number, size: number): number {
  let sum = 0
  for (let d = 0; d < size; d++) sum += a[n * size + d] * b[m * size + d]
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
