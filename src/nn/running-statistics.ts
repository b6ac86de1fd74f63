import { add, assign, multiply, read, reciprocal, subtract, type Tensor } from '../tensor/index.ts'
import type { Buffer } from './module.ts'

/** Running statistics of a normalisation, named as in PyTorch. */
export interface RunningStatistics {
  readonly running_mean?: Buffer
  readonly running_var?: Buffer
  /** Steps so far, where the statistics are the plain mean over all steps. */
  readonly num_batches_tracked?: Buffer
  /** Share of the newest batch; null for the mean over all batches. */
  readonly momentum: number | null
}

/**
 * Moves running statistics towards those of a batch.
 * @param variance biased variance of `count` values; the running variance is the unbiased one
 */
export function trackStatistics(layer: RunningStatistics, mean: Tensor, variance: Tensor, count: number): void {
  const share = shareOfBatch(layer)
  const move = (buffer: Buffer, value: Tensor) =>
    assign(
      buffer,
      add(multiply(read(buffer), typeof share === 'number' ? 1 - share : subtract(1, share)), multiply(value, share)),
    )
  if (layer.running_mean) move(layer.running_mean, mean)
  if (layer.running_var) move(layer.running_var, multiply(variance, count / Math.max(1, count - 1)))
}

function shareOfBatch({ momentum, num_batches_tracked: tracked }: RunningStatistics): number | Tensor {
  if (momentum !== null || !tracked) return momentum ?? 0
  const batches = add(read(tracked), 1)
  assign(tracked, batches)
  return reciprocal(batches)
}
