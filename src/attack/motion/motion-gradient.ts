import { add, multiply, shift, type Tensor } from '../../tensor/index.ts'

/** Coefficients (N, M, T, V, C) of `motionCoefficients`; a term without coefficients is left out. */
export interface MotionTerms {
  readonly first?: Tensor
  readonly second?: Tensor
}

const TIME = 2

/**
 * The skeleton-motion-informed gradient (Lu et al. 2023, arXiv 2308.05681, equations 9 and 10): what a frame changes in
 * the loss, directly and through the frames that follow from it, g[t] + first[t] g[t+1] + second[t] g[t+2]. Frames beyond
 * the end count as 0.
 * @param gradient (N, M, T, V, C)
 */
export function motionInformedGradient(gradient: Tensor, { first, second }: MotionTerms): Tensor {
  const later = (frames: number) => shift(gradient, TIME, -frames, gradient.shape[TIME])
  let informed = gradient
  if (first) informed = add(informed, multiply(first, later(1)))
  if (second) informed = add(informed, multiply(second, later(2)))
  return informed
}
