import { reshape, shapeError, type Tensor, transpose } from '../../tensor/index.ts'

/** Whether a partition takes neighbours along an axis, or entries spread evenly over it. */
export type Reach = 'near' | 'far'

/**
 * Sets of joints in sets of frames ("Skate-Type"). With F frames and K joints of T and W, slot
 * f of the i-th set of frames is frame i * F + f (`near`) or f * (T / F) + i (`far`); joints alike.
 */
export interface Partition {
  readonly frames: Reach
  readonly joints: Reach
  readonly size: readonly [frames: number, joints: number]
}

/**
 * x (A, D, T, W) to (A, P, D, N): P partitions, those of one set of frames side by side, each of N = F * K tokens, frame by
 * frame.
 * @throws OssatureError when the sizes of the partition do not divide T and W
 */
export function divide(x: Tensor, { frames, joints, size: [F, K] }: Partition): Tensor {
  const [A, D, T, W] = x.shape
  const [I, J] = [T / F, W / K]
  if (!Number.isInteger(I) || !Number.isInteger(J)) {
    throw shapeError('a partition', [x], `frames in multiples of ${F} and joints in multiples of ${K}`)
  }
  const shape = [A, I * J, D, F * K]
  if (frames === 'far' && joints === 'near') return reshape(exchanged(x, [A, D * F, I * J, K]), shape)
  const byFrames = exchanged(x, frames === 'near' ? [A, D, I, F * W] : [A, D * F, I, W])
  return reshape(exchanged(byFrames, joints === 'near' ? [A * I, D * F, J, K] : [A * I, D * F * K, J, 1]), shape)
}

/** The inverse of `divide`: x (A, P, D, N) to (A, D, T, W). */
export function restore(x: Tensor, { frames, joints, size: [F, K] }: Partition, T: number, W: number): Tensor {
  const [A, , D] = x.shape
  const [I, J] = [T / F, W / K]
  const shape = [A, D, T, W]
  if (frames === 'far' && joints === 'near') return reshape(exchanged(x, [A, I * J, D * F, K]), shape)
  const byFrames = exchanged(x, joints === 'near' ? [A * I, J, D * F, K] : [A * I, J, D * F * K, 1])
  return reshape(exchanged(byFrames, frames === 'near' ? [A, I, D, F * W] : [A, I, D * F, W]), shape)
}

/** x read as (a, b, c, d), with b and c exchanged. Such a step copies runs; all axes at once go element by element. */
function exchanged(x: Tensor, [a, b, c, d]: readonly [number, number, number, number]): Tensor {
  if (b === 1 || c === 1) return x
  return d === 1 ? transpose(reshape(x, [a, b, c]), [0, 2, 1]) : transpose(reshape(x, [a, b, c, d]), [0, 2, 1, 3])
}
