import type { Tensor } from './tensor.ts'

const centred = new WeakSet<Tensor>()

/**
 * Records that a tensor sums to zero over all axes but the channel, by construction: the gradient that leaves a batch
 * normalisation does. The gradient of a bias that feeds the normalisation is that sum, so it need not be computed.
 */
export function markCentred(tensor: Tensor): Tensor {
  centred.add(tensor)
  return tensor
}

export function isCentred(tensor: Tensor): boolean {
  return centred.has(tensor)
}
