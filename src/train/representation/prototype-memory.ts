import { Buffer } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import {
  add,
  assign,
  cast,
  divide,
  greater,
  matmul,
  multiply,
  read,
  shapeError,
  stopGradient,
  subtract,
  sum,
  swapLastAxes,
  type Tensor,
  type Variable,
} from '../../tensor/index.ts'

/** Prototypes of classes: a buffer (D, K) with one column per class, standard normal at first. */
export function prototypeMemory(dimension: number, classes: number, random: RandomStream): Buffer {
  const values = Float32Array.from({ length: dimension * classes }, () => random.normal())
  return new Buffer(values, [dimension, classes])
}

/**
 * Moves the prototype of every class that has members in the batch towards their mean:
 * prototype = momentum * prototype + (1 - momentum) * mean. The other classes keep theirs.
 * @param memory (D, K); what it held before takes part as a constant
 * @param features (N, D)
 * @param members (N, K), 1 where a sample counts for a class, else 0
 * @param momentum the share that a prototype keeps, in [0, 1]
 * @returns the moved prototypes (D, K), through which gradients reach the features
 */
export function movePrototypes(memory: Variable, features: Tensor, members: Tensor, momentum: number): Tensor {
  const [dimension, classes] = memory.shape
  const [batch] = features.shape
  const fits =
    String(features.shape) === String([batch, dimension]) && String(members.shape) === String([batch, classes])
  if (!fits) throw shapeError('movePrototypes', [features, members], `(N, ${dimension}) and (N, ${classes})`)
  const counts = sum(members, [0])
  const means = divide(matmul(swapLastAxes(features), members), add(counts, 1e-12))
  const share = multiply(cast(greater(counts, 0), 'f32'), 1 - momentum)
  const moved = add(multiply(stopGradient(read(memory)), subtract(1, share)), multiply(means, share))
  assign(memory, moved)
  return moved
}
