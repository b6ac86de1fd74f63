import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'

/** Clips that go through the network together. */
export interface Batch {
  /** As many as the batch size, always: compiled steps have static shapes. */
  readonly indices: readonly number[]
  /** How many at the end are there only to fill the batch. */
  readonly repeated: number
}

export interface BatchOptions {
  /** Clips per batch. */
  readonly size: number
  /** What becomes of clips that do not fill the last batch: left out, or filled up from the beginning of the order. */
  readonly last: 'drop' | 'wrap'
}

/**
 * The batches of one training epoch: a pure function of the stream's seed and the epoch, whatever was drawn before, so
 * that a resumed run sees the same clips.
 *
 * @param indices clips of the epoch; one that is listed twice (by a sampler) comes twice
 * @param epoch counted from 0
 * @throws OssatureError as `batchesInOrder`
 */
export function epochBatches(
  indices: readonly number[],
  epoch: number,
  stream: RandomStream,
  options: BatchOptions,
): Batch[] {
  return batchesInOrder(stream.fork('batches', epoch).shuffle([...indices]), options)
}

/**
 * Cuts a list of clips into batches, in its order (evaluation: `last: 'wrap'`, and the repeated ones are not counted).
 *
 * @throws OssatureError when there are no clips, or fewer than one batch and `last` is 'drop'
 */
export function batchesInOrder(indices: readonly number[], { size, last }: BatchOptions): Batch[] {
  if (!Number.isInteger(size) || size < 1) {
    throw new OssatureError('the batch size does not fit', { expected: 'an integer from 1', found: `${size}` })
  }
  const count = indices.length
  if (count === 0) throw new OssatureError('there are no clips to make batches of')
  if (last === 'drop' && count < size) {
    throw new OssatureError('there are fewer clips than one batch holds', {
      expected: `at least ${size} clips`,
      found: `${count}`,
      hint: 'Choose a smaller batch or let the last batch wrap around.',
    })
  }
  const batches: Batch[] = []
  for (let start = 0; start < count; start += size) {
    const repeated = Math.max(0, start + size - count)
    if (repeated > 0 && last === 'drop') break
    batches.push({ indices: Array.from({ length: size }, (_, i) => indices[(start + i) % count]), repeated })
  }
  return batches
}
