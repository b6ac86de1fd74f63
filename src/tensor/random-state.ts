import { deriveKey } from '../random/philox.ts'
import { Variable } from './variable.ts'

/**
 * Where random numbers inside graphs come from: a key made of the seed, and the number of the step, which every run of
 * a graph that draws counts up. It is state like any other: saved with a checkpoint, a resumed run draws what an
 * uninterrupted one would. Graphs that are traced with one state share its count.
 *
 * Six whole numbers below 2^16, lower half first: two words of key, and the step.
 */
export class RandomState extends Variable {
  constructor(seed: number | bigint | string) {
    const key = deriveKey([0, 0], ['random numbers in graphs', seed]).flatMap((word) => [word & 0xffff, word >>> 16])
    super('random', 'slot', [6], Float32Array.of(...key, 0, 0))
  }
}
