import { crossEntropyPerSample } from '../../nn/index.ts'
import {
  add,
  cast,
  divide,
  greater,
  l1Norm,
  l2Norm,
  matmul,
  maximum,
  mean,
  multiply,
  negate,
  reshape,
  subtract,
  sum,
  swapLastAxes,
  type Tensor,
} from '../../tensor/index.ts'
import type { Confusion } from './confusion.ts'

export const contrastVersions = ['V0', 'V1', 'V2', 'NO FN', 'NO FP', 'NO FN & FP'] as const
/**
 * How confused samples of a class count. `V0`: every sample of a class is compared with its false negatives and false
 * positives; `V1`: only the recognised ones; `V2`: the prototype of the class in their place, and samples weigh more the
 * less sure their class is. `NO FN`, `NO FP`, `NO FN & FP`: as `V1`, without the named groups.
 */
export type ContrastVersion = (typeof contrastVersions)[number]

export interface ContrastOptions {
  readonly version?: ContrastVersion
  /** Whether a penalty is in proportion to how unsure the class of its sample is. */
  readonly useProbabilityMap?: boolean
  /** Weight of the penalties. */
  readonly alpha?: number
  readonly temperature?: number
}

/**
 * The class-wise contrastive loss of FR-Head (arXiv 2303.03729): cross entropy of the cosines of a feature with the
 * prototypes of all classes, once with a penalty for being far from the false negatives of its class and once with one
 * for being near to its false positives; mean over the batch.
 * @param features (N, D)
 * @param prototypes (D, K)
 * @param label (N)
 */
export function classContrast(
  features: Tensor,
  prototypes: Tensor,
  label: Tensor,
  confusion: Confusion,
  options: ContrastOptions = {},
): Tensor {
  const { version = 'V0', useProbabilityMap = true, alpha = 0.125, temperature = 0.125 } = options
  const { probabilities, labels, truePositives, falseNegatives, falsePositives } = confusion
  const samples = unit(features, 1)
  const classes = unit(prototypes, 0)
  const uncertainty = multiply(subtract(1, probabilities), labels)
  const weights = multiply(useProbabilityMap ? uncertainty : labels, alpha)
  const similarity = matmul(samples, classes)

  /** (N, K), or (1, K) where whole classes are penalised: 0 where no sample is in the group. */
  const penalty = (members: Tensor, sign: 1 | -1): Tensor => {
    const count = sum(members, [0])
    const exists = cast(greater(count, 0), 'f32')
    const group = unit(matmul(swapLastAxes(features), columnMeans(members)), 0)
    const cosine = version === 'V2' ? sum(multiply(classes, group), [0]) : matmul(samples, group)
    const distance = multiply(subtract(sign === 1 ? cosine : negate(cosine), 1), exists)
    if (version === 'V2') return distance
    return multiply(distance, version === 'V0' ? weights : multiply(weights, truePositives))
  }
  const lossOf = (members: Tensor, sign: 1 | -1, without: boolean): Tensor => {
    const scores = without ? similarity : add(similarity, penalty(members, sign))
    return crossEntropyPerSample(divide(scores, temperature), label)
  }
  const losses = add(
    lossOf(falseNegatives, 1, version === 'NO FN' || version === 'NO FN & FP'),
    lossOf(falsePositives, -1, version === 'NO FP' || version === 'NO FN & FP'),
  )
  const weighted = version === 'V2' ? multiply(losses, sum(uncertainty, [1], { keepAxes: false })) : losses
  return reshape(mean(weighted), [])
}

/** Columns divided by their sums of absolute values, so that a product with them is the mean over their members. */
function columnMeans(members: Tensor): Tensor {
  return divide(members, maximum(l1Norm(members, [0]), 1e-12))
}

function unit(x: Tensor, axis: number): Tensor {
  return divide(x, add(l2Norm(x, [axis]), 1e-12))
}
