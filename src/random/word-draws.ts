import { checkIntegerRange, DerivedDraws } from './derived-draws.ts'

/** The draws of a generator of 32-bit words, as NumPy makes them. */
export abstract class WordDraws extends DerivedDraws {
  /** An integer in [0, 2^32). */
  abstract word(): number

  /** 53 random bits, two words. */
  unit(): number {
    const high = this.word() >>> 5
    const low = this.word() >>> 6
    return (high * 2 ** 26 + low) / 2 ** 53
  }

  /** Uniform without bias (masked rejection); draws nothing when only one integer is possible. */
  integer(low: number, high: number): number {
    checkIntegerRange(low, high)
    const largest = high - low - 1
    if (largest === 0) return low
    // The smallest 2^k - 1 that is not below the largest value.
    const mask = 0xffffffff >>> Math.clz32(largest)
    for (;;) {
      const value = (this.word() & mask) >>> 0
      if (value <= largest) return low + value
    }
  }
}
