import { Conv1d, kaimingNormal, Linear, xavierNormal, zeros } from '../../../nn/index.ts'
import {
  add,
  matmul,
  mean,
  multiply,
  relu,
  reshape,
  sigmoid,
  swapLastAxes,
  type Tensor,
} from '../../../tensor/index.ts'

const FRAMES = 9
const REDUCTION = 2

/** Layers of the spatial, temporal and channel attention of AAGCN (Shi et al. 2020, section 3.3). */
export interface StcAttention {
  readonly conv_ta: Conv1d
  readonly conv_sa: Conv1d
  readonly fc1c: Linear
  readonly fc2c: Linear
}

/** Attention over `joints` of features with `channels`; an even number of joints gets a kernel one shorter. */
export function stcAttention(channels: number, joints: number): StcAttention {
  const kernel = joints % 2 === 1 ? joints : joints - 1
  const narrow = Math.floor(channels / REDUCTION)
  return {
    conv_ta: new Conv1d(channels, 1, FRAMES, {
      padding: (FRAMES - 1) / 2,
      initialWeight: zeros,
      initialBias: zeros,
    }),
    conv_sa: new Conv1d(channels, 1, kernel, {
      padding: (kernel - 1) / 2,
      initialWeight: xavierNormal(),
      initialBias: zeros,
    }),
    fc1c: new Linear(channels, narrow, kaimingNormal(), zeros),
    fc2c: new Linear(narrow, channels, zeros, zeros),
  }
}

/**
 * y (N, C, T, V) times 1 + g for the gates g of its joints, then its frames, then its channels. Each gate sees y as
 * scaled by those before it. They are computed from two reductions of y: the scales of joints and frames are small
 * and apply to its means, too.
 */
export function attend(y: Tensor, { conv_ta, conv_sa, fc1c, fc2c }: StcAttention): Tensor {
  const [N, C, T, V] = y.shape
  const onePlus = (gate: Tensor) => add(sigmoid(gate), 1)
  const joints = onePlus(conv_sa.forward(reshape(mean(y, [2]), [N, C, V])))
  const overJoints = matmul(reshape(y, [N, C * T, V]), multiply(swapLastAxes(joints), 1 / V))
  const perFrame = reshape(overJoints, [N, C, T])
  const frames = onePlus(conv_ta.forward(perFrame))
  const perChannel = reshape(mean(multiply(perFrame, frames), [2]), [N, C])
  const channels = onePlus(fc2c.forward(relu(fc1c.forward(perChannel))))
  const places = multiply(reshape(frames, [N, 1, T, 1]), reshape(joints, [N, 1, 1, V]))
  return multiply(multiply(y, places), reshape(channels, [N, C, 1, 1]))
}
