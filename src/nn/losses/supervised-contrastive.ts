import {
  add,
  cast,
  constant,
  divide,
  equal,
  logSoftmax,
  matmul,
  maximum,
  multiply,
  reshape,
  shapeError,
  sum,
  swapLastAxes,
  type Tensor,
  tile,
  normalize as toUnitLength,
  transpose,
  unsqueeze,
} from '../../tensor/index.ts'
import { requireOption } from '../require-option.ts'
import { type ReductionOptions, reduceLosses } from './reduction.ts'

export interface SupervisedContrastiveOptions extends ReductionOptions {
  /** Divides the similarities; above 0, default 0.07. */
  readonly temperature?: number
  /** The losses are multiplied by temperature / baseTemperature; default 0.07. */
  readonly baseTemperature?: number
  /** Whether vectors are divided by their length first; default true. */
  readonly normalize?: boolean
}

/** Stands for minus infinity, where a product with 0 has to stay 0. */
const LOWEST = -1e30

/**
 * Supervised contrastive loss (Khosla et al. 2020, form "out"): for every view of every sample, the mean over all other
 * views of its class of -log softmax of the similarity, among all views but itself. A view without another one of its
 * class costs 0.
 * @param features (N, D), or (N, V, D) for V views of every sample
 * @param label (N) integers; when absent every sample is a class of its own (SimCLR, Chen et al. 2020)
 * @returns without reduction (V, N), or (N)
 */
export function supervisedContrastive(
  features: Tensor,
  label?: Tensor,
  options: SupervisedContrastiveOptions = {},
): Tensor {
  const { temperature = 0.07, baseTemperature = 0.07, normalize = true, reduction } = options
  const [samples] = features.shape
  if (features.rank < 2 || features.rank > 3 || (label && (label.rank !== 1 || label.shape[0] !== samples))) {
    throw shapeError('supervisedContrastive', label ? [features, label] : [features], 'features (N, V, D), label (N)')
  }
  requireOption(temperature > 0, 'supervisedContrastive', 'temperature', 'a number above 0', temperature)
  requireOption(baseTemperature > 0, 'supervisedContrastive', 'baseTemperature', 'a number above 0', baseTemperature)
  const views = features.rank === 3 ? features.shape[1] : 1
  const count = views * samples
  // View by view, so that the views of a sample lie `samples` apart.
  const ordered = features.rank === 3 ? reshape(transpose(features, [1, 0, 2]), [count, features.shape[2]]) : features
  const vectors = normalize ? toUnitLength(ordered, -1) : ordered
  const similarity = matmul(multiply(vectors, 1 / temperature), swapLastAxes(vectors))
  const logProbabilities = logSoftmax(add(similarity, diagonal(count, LOWEST)), 1)

  const identity =
    label ??
    constant(
      Int32Array.from({ length: samples }, (_, i) => i),
      [samples],
    )
  const labels = tile(identity, [views])
  const alike = cast(equal(unsqueeze(labels, 0), unsqueeze(labels, 1)), 'f32')
  const positives = add(alike, diagonal(count, -1))
  const others = maximum(sum(positives, [1], { keepAxes: false }), 1)
  const total = sum(multiply(positives, logProbabilities), [1], { keepAxes: false })
  const losses = multiply(divide(total, others), -temperature / baseTemperature)
  return reduceLosses(features.rank === 3 ? reshape(losses, [views, samples]) : losses, reduction)
}

function diagonal(size: number, value: number): Tensor {
  const values = new Float32Array(size * size)
  for (let i = 0; i < size; i++) values[i * size + i] = value
  return constant(values, [size, size])
}
