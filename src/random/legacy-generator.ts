import { checkSampleSize } from './derived-draws.ts'
import { deriveKey } from './philox.ts'
import { WordDraws } from './word-draws.ts'

const STATE_LENGTH = 624
const SHIFT = 397

/**
 * NumPy's legacy generator (MT19937 with the draws of `numpy.random.RandomState`: `unit` is `random_sample`, `integer` is
 * `randint`, `choice` and `uniform` are as there). Published test clips were chosen
 * with it, so their frame indices can be repeated exactly.
 */
export class LegacyGenerator extends WordDraws {
  private readonly seed: number
  private readonly state = new Uint32Array(STATE_LENGTH)
  private index = STATE_LENGTH
  private spareNormal: number | undefined

  /** @param seed whole number in [0, 2^32) */
  constructor(seed: number) {
    super()
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
      throw new RangeError(`a seed of the legacy generator is a whole number in [0, 2^32), not ${seed}`)
    }
    this.seed = seed
    this.state[0] = seed
    for (let i = 1; i < STATE_LENGTH; i++) {
      const previous = this.state[i - 1]
      this.state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i
    }
  }

  /** An integer in [0, 2^32), the generator's raw output. */
  word(): number {
    if (this.index === STATE_LENGTH) this.twist()
    let value = this.state[this.index++]
    value ^= value >>> 11
    value ^= (value << 7) & 0x9d2c5680
    value ^= (value << 15) & 0xefc60000
    value ^= value >>> 18
    return value >>> 0
  }

  /** `randint` with an array of upper bounds: one draw after the other. */
  integers(bounds: readonly number[]): number[] {
    return bounds.map((bound) => this.integer(0, bound))
  }

  /** `choice(bound, count, replace=False)`: all are shuffled, then the first ones taken. */
  override sampleBelow(bound: number, count: number): number[] {
    checkSampleSize(count, bound)
    return this.shuffle(Array.from({ length: bound }, (_, i) => i)).slice(0, count)
  }

  /** `normal`: Marsaglia's polar method; the second value of a pair is kept for the next call. */
  normal(mean = 0, deviation = 1): number {
    const spare = this.spareNormal
    if (spare !== undefined) {
      this.spareNormal = undefined
      return mean + deviation * spare
    }
    for (;;) {
      const x1 = 2 * this.unit() - 1
      const x2 = 2 * this.unit() - 1
      const squared = x1 * x1 + x2 * x2
      if (squared >= 1 || squared === 0) continue
      const factor = Math.sqrt((-2 * Math.log(squared)) / squared)
      this.spareNormal = factor * x1
      return mean + deviation * factor * x2
    }
  }

  fork(...labels: (string | number)[]): LegacyGenerator {
    return new LegacyGenerator(deriveKey([this.seed, 0], labels)[0])
  }

  private twist(): void {
    const { state } = this
    for (let i = 0; i < STATE_LENGTH; i++) {
      const joined = (state[i] & 0x80000000) | (state[(i + 1) % STATE_LENGTH] & 0x7fffffff)
      state[i] = state[(i + SHIFT) % STATE_LENGTH] ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0)
    }
    this.index = 0
  }
}
