import { type Conv2d, normal, pointwise } from '../../../nn/index.ts'
import { HE_FAN_OUT } from '../he-initialization.ts'

/** The 1x1 convolutions that the subsets of 2s-AGCN add up; the variance of the sum is shared among them. */
export function summedConvolutions(inChannels: number, outChannels: number, subsets: number): Conv2d[] {
  const initialWeight = normal(0, Math.sqrt(2 / (outChannels * inChannels * subsets)))
  return Array.from({ length: subsets }, () => pointwise(inChannels, outChannels, { ...HE_FAN_OUT, initialWeight }))
}

/** The narrow 1x1 convolutions by which the subsets of 2s-AGCN compare joints. */
export function embeddings(inChannels: number, width: number, subsets: number): Conv2d[] {
  return Array.from({ length: subsets }, () => pointwise(inChannels, width, HE_FAN_OUT))
}
