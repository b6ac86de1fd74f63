import { constant, gather, reshape, type Shape, sizeOf, type Tensor, transpose } from '../../tensor/index.ts'
import type { Partition } from './partition.ts'

/**
 * Which entries of the table the partitions of near joints take. `intended`: by the difference of the frames of two
 * tokens. `released`: by that of the tokens' numbers modulo the number of frames, as the published weights were trained.
 */
export type RelativeBias = 'released' | 'intended'

/**
 * Shape of the table: a number per difference of frames and head; where joints are far, also per pair of joints.
 * (2F - 1, heads) or (2F - 1, K, K, heads).
 */
export function biasTableShape({ joints, size: [F, K] }: Partition, heads: number): Shape {
  return joints === 'near' ? [2 * F - 1, heads] : [2 * F - 1, K, K, heads]
}

/** A table as what is added to the scores of every head: (heads, N, N), by query and key. */
export function relativeBias(table: Tensor, partition: Partition, form: RelativeBias): Tensor {
  const [F, K] = partition.size
  const heads = table.shape[table.rank - 1]
  const entries = reshape(table, [sizeOf(table.shape) / heads, heads])
  const positions = tablePositions(partition, form)
  return reshape(transpose(gather(entries, constant(positions, [positions.length])), [1, 0]), [heads, F * K, F * K])
}

/** Entry of the table for every pair of tokens. */
function tablePositions({ joints, size: [F, K] }: Partition, form: RelativeBias): Int32Array {
  const tokens = F * K
  const frameOf = (token: number) => (joints === 'near' && form === 'released' ? token % F : Math.floor(token / K))
  return Int32Array.from({ length: tokens * tokens }, (_, pair) => {
    const [query, key] = [Math.floor(pair / tokens), pair % tokens]
    const difference = frameOf(query) - frameOf(key) + F - 1
    return joints === 'near' ? difference : (difference * K + (query % K)) * K + (key % K)
  })
}
