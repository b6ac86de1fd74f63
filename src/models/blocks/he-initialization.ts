import { kaimingNormalFanOut, zeros } from '../../nn/index.ts'

/** He initialisation by fan out with zero biases, of the convolutions of 2s-AGCN, AAGCN and CTR-GCN. */
export const HE_FAN_OUT = { initialWeight: kaimingNormalFanOut, initialBias: zeros }
