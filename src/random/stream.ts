/**
 * A source of random numbers. Code that needs randomness takes one as an argument;
 * nothing in this package uses `Math.random`.
 */
export interface RandomStream {
  /** A double in [0, 1). */
  unit(): number
  /** A double in [low, high). */
  uniform(low: number, high: number): number
  /** An integer in [low, high). */
  integer(low: number, high: number): number
  /** A normally distributed double. */
  normal(mean?: number, deviation?: number): number
  /** One of the given items. */
  choice<T>(items: readonly T[]): T
  /** `count` distinct items of the pool, in random order. */
  sample<T>(pool: readonly T[], count: number): T[]
  /** `count` distinct integers of [0, bound), in random order. */
  sampleBelow(bound: number, count: number): number[]
  /** The same array, shuffled in place. */
  shuffle<T>(items: T[]): T[]
  /** An independent stream that is a pure function of this stream's seed and the labels (not of what was drawn before). */
  fork(...labels: (string | number)[]): RandomStream
}
