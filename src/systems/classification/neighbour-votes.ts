import type { Vectors } from '../../evaluate/features/vectors.ts'
import {
  add,
  constant,
  divide,
  exp,
  gather,
  log,
  matmul,
  multiply,
  normalize,
  reshape,
  slice,
  subtract,
  sum,
  swapLastAxes,
  type Tensor,
  topK,
} from '../../tensor/index.ts'
import type { ClipClassifier } from '../../train/classifier/score-clips.ts'
import type { FeatureExtractor } from '../../train/representation/linear-probe.ts'

/** Keeps the logarithm of a class without votes finite. */
const NO_VOTE = 1e-12

/** What the votes of `nearestNeighbours` are made of. */
export interface NeighbourVotesOptions {
  readonly neighbours: number
  readonly temperature?: number
}

/** The vote of the nearest known clips as a network: its probabilities are the shares of the votes. */
export class NeighbourVotes implements ClipClassifier {
  private readonly encoder: FeatureExtractor
  private readonly known: Vectors
  private readonly labels: Int32Array
  private readonly classes: number
  private readonly options: NeighbourVotesOptions

  constructor(
    encoder: FeatureExtractor,
    known: Vectors,
    labels: Int32Array,
    classes: number,
    options: NeighbourVotesOptions,
  ) {
    this.encoder = encoder
    this.known = known
    this.labels = labels
    this.classes = classes
    this.options = options
  }

  forward(clip: Tensor): Tensor {
    const { classes, labels, options } = this
    const { data, count, size } = this.known
    const known = normalize(constant(Float32Array.from(data), [count, size]))
    const similarity = matmul(normalize(this.encoder.features(clip)), swapLastAxes(known))
    const k = Math.min(options.neighbours, count)
    const { values, indices } = topK(similarity, k)
    const oneHot = new Float32Array(count * classes)
    labels.forEach((label, row) => {
      oneHot[row * classes + label] = 1
    })
    const chosen = gather(constant(oneHot, [count, classes]), indices)
    const votes = this.votes(values)
    const total = sum(votes, [1])
    const shares = divide(sum(multiply(chosen, reshape(votes, [...votes.shape, 1])), [1], { keepAxes: false }), total)
    return log(add(shares, NO_VOTE))
  }

  /** What each neighbour counts, the nearest one 1; `similarity` (N, k) falls. */
  private votes(similarity: Tensor): Tensor {
    const { temperature } = this.options
    const behind = subtract(similarity, slice(similarity, 1, 0, 1))
    return exp(temperature === undefined ? multiply(behind, 0) : divide(behind, temperature))
  }
}
