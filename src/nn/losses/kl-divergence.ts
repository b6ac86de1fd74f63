import { exp, log, maximum, multiply, reshape, scalar, subtract, sum, type Tensor } from '../../tensor/index.ts'
import { type Reduction, reduceLosses, requireSameShape } from './reduction.ts'

export interface KlDivergenceOptions {
  /** `batchmean`, the divergence itself, divides the sum by the length of the first axis. Default `mean`, as in PyTorch. */
  readonly reduction?: Reduction | 'batchmean'
  /** Whether the target holds logarithms of probabilities, too; default false. */
  readonly logTarget?: boolean
}

/** The smallest normal float32 number. */
const SMALLEST = 2 ** -126

/**
 * Kullback-Leibler divergence of the target from the input, target (log target - input) element by element, with 0
 * where the target is 0.
 * @param input logarithms of probabilities
 */
export function klDivergence(input: Tensor, target: Tensor, options: KlDivergenceOptions = {}): Tensor {
  requireSameShape('klDivergence', input, target)
  const { reduction, logTarget = false } = options
  const probability = logTarget ? exp(target) : target
  const logarithm = logTarget ? target : log(maximum(target, scalar(SMALLEST)))
  const losses = multiply(probability, subtract(logarithm, input))
  if (reduction !== 'batchmean') return reduceLosses(losses, reduction)
  return reshape(multiply(sum(losses), 1 / input.shape[0]), [])
}
