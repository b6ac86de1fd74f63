import { add, multiply, reshape, slice, subtract, type Tensor } from '../../tensor/index.ts'
import { type EpochLoss, type LossInputs, weightedMean } from './losses/epoch-loss.ts'

/**
 * How two labels per clip share in the loss. `per-clip`: every clip by its own lambda,
 * sum_i [l_i W(a_i) L(a_i) + (1 - l_i) W(b_i) L(b_i)] / sum_i [l_i W(a_i) + (1 - l_i) W(b_i)].
 * `batch`, as released: the whole batch by the first lambda, l_0 * mean L(a) + (1 - l_0) * mean L(b).
 */
export type MixForm = 'per-clip' | 'batch'

/**
 * Loss of mixed clips, a scalar.
 * @param logits (N, C)
 * @param labelA labels of the clips (N), which count lambda
 * @param labelB labels of their partners (N), which count 1 - lambda
 * @param lambda (N), in [0, 1]
 * @param inputs what `loss` is given
 * @param inputsB what `loss` is given for label b, where a loss that draws is to draw for each label, as released
 */
export function mixedLoss(
  loss: EpochLoss,
  logits: Tensor,
  labelA: Tensor,
  labelB: Tensor,
  lambda: Tensor,
  inputs: LossInputs,
  form: MixForm,
  inputsB: LossInputs = inputs,
): Tensor {
  if (form === 'batch') {
    const first = reshape(slice(lambda, 0, 0, 1), [])
    const forA = multiply(loss.loss(logits, labelA, inputs), first)
    return add(forA, multiply(loss.loss(logits, labelB, inputsB), subtract(1, first)))
  }
  const a = loss.perSample(logits, labelA, inputs)
  const b = loss.perSample(logits, labelB, inputsB)
  return weightedMean([
    { losses: a.losses, weights: multiply(a.weights, lambda) },
    { losses: b.losses, weights: multiply(b.weights, subtract(1, lambda)) },
  ])
}
