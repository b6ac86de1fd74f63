import { OssatureError } from '../../errors.ts'
import { Buffer } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import {
  add,
  assign,
  concat,
  constant,
  divide,
  equal,
  floor,
  matmul,
  modulo,
  multiply,
  read,
  reshape,
  shapeError,
  stopGradient,
  sum,
  swapLastAxes,
  type Tensor,
  type Variable,
  where,
} from '../../tensor/index.ts'

/**
 * A memory queue of keys (He et al. 2020, "Momentum Contrast for Unsupervised Visual Representation Learning",
 * arXiv 1911.05722): a buffer (D, K) of K columns, random at first, of length 1.
 */
export function featureQueue(dimension: number, length: number, random: RandomStream): Buffer {
  const values = Float32Array.from({ length: dimension * length }, () => random.normal())
  for (let column = 0; column < length; column++) {
    let squares = 0
    for (let row = 0; row < dimension; row++) squares += values[row * length + column] ** 2
    const norm = Math.sqrt(squares)
    for (let row = 0; row < dimension; row++) values[row * length + column] /= norm
  }
  return new Buffer(values, [dimension, length])
}

/** The column where the next keys go, one number; several queues that are filled together share it. */
export function queuePointer(): Buffer {
  return new Buffer(new Float32Array(1), [1])
}

/**
 * Similarities of queries (N, D) with their keys (N, D), first, and with the queue's columns (D, K), divided by the
 * temperature: (N, 1 + K). No gradient flows to keys or queue.
 */
export function queueLogits(queries: Tensor, keys: Tensor, queue: Variable, temperature: number): Tensor {
  const positive = sum(multiply(queries, stopGradient(keys)), [1])
  const negative = matmul(queries, stopGradient(read(queue)))
  return multiply(concat([positive, negative], 1), 1 / temperature)
}

/**
 * Puts each batch of keys (N, D) in place of the oldest columns of its queue (D, K), and moves the pointer on. What reads
 * a queue before this call sees the old columns.
 * @throws OssatureError when K is no multiple of N; `shapeError` for keys that do not fit
 */
export function enqueue(
  pointer: Variable,
  batches: readonly { readonly queue: Variable; readonly keys: Tensor }[],
): void {
  if (batches.length === 0) return
  const [batch] = batches[0].keys.shape
  const [, length] = batches[0].queue.shape
  for (const { queue, keys } of batches) {
    const [dimension, columns] = queue.shape
    if (columns !== length || keys.rank !== 2 || keys.shape[0] !== batch || keys.shape[1] !== dimension)
      throw shapeError('enqueue', [keys], `keys (${batch}, ${dimension}) for a queue of ${length} columns`)
  }
  if (length % batch !== 0)
    throw new OssatureError('a memory queue does not hold a whole number of batches', {
      expected: `a multiple of ${batch} columns`,
      found: String(length),
      hint: 'Choose a queue size that is a multiple of the batch size.',
    })
  const blocks = length / batch
  // A pointer inside a block, left by batches of another size, counts as its beginning.
  const block = floor(divide(read(pointer), batch))
  const numbers = constant(
    Float32Array.from({ length: blocks }, (_, i) => i),
    [1, blocks, 1],
  )
  const here = equal(numbers, reshape(block, [1, 1, 1]))
  for (const { queue, keys } of batches) {
    const [dimension] = queue.shape
    const columns = reshape(swapLastAxes(stopGradient(keys)), [dimension, 1, batch])
    const filled = where(here, columns, reshape(read(queue), [dimension, blocks, batch]))
    assign(queue, reshape(filled, queue.shape))
  }
  assign(pointer, modulo(multiply(add(block, 1), batch), length))
}
