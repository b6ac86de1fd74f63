import type { RandomStream } from '../src/random/stream.ts'

/** Numbers with a shape, row-major. */
export interface Values {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
  /** Of the array that an input rule gives: `float16` numbers stand in a Float32Array; `given` are numbers as they stand in the file. */
  readonly precision?: 'given' | 'int64' | 'float16' | 'float32' | 'float64'
}

/** Random draws of a fixture, replayed. */
export interface ReplayedStream extends RandomStream {
  /** The whole result of the next call, for calls that draw an array or have no counterpart in RandomStream; `shape` is what the call asks for. */
  array(shape?: readonly number[]): Values
}

/** One case of a fixture file: what stands in the file, with the case's own keys laid over it. */
export interface GoldenTest {
  readonly file: string
  /** Label for messages. */
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: fixture JSON, its keys are fixed per kind by the fixtures' README
  readonly config: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly inputs: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly parameters: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expected: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly draws: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly tolerance: any
  /** The array that an input rule (fixtures' README, section 2) describes. float32 rules give a Float32Array. */
  values(rule: unknown): Values
  /** The parameter fill (section 1) for a dotted name. */
  parameter(name: string, shape: readonly number[]): Float32Array
  /** A random stream that returns the listed draws in order and fails when another call is made, or when some are left over at the end of the case. */
  stream(draws?: unknown): ReplayedStream
}

export interface Closeness {
  /** Largest accepted deviation relative to the largest magnitude (section 6). */
  readonly relative: number
  /** Absolute bound that is accepted as well, for values that are zero in exact arithmetic. */
  readonly absolute?: number
}

/** Compares results with `expected` and remembers which of its keys were used. A failed comparison is recorded; it does not throw. */
export interface Checker {
  /** Numbers: digest, full tensor, sparse tensor, nested list or scalar at `path` inside `expected`. */
  close(path: readonly (string | number)[], actual: Values | ArrayLike<number> | number, closeness: Closeness): void
  /** Exact equality of counts, indices, labels, texts, nested lists. */
  equal(path: readonly (string | number)[], actual: unknown): void
  has(path: readonly (string | number)[]): boolean
  /** Own keys of the object at `path`. */
  keys(path: readonly (string | number)[]): string[]
  /** Marks a key as deliberately handled in another way (for example a list of names that steers other comparisons). */
  use(path: readonly (string | number)[]): unknown
  /** Records a failure that no comparison with `expected` expresses. */
  fail(path: readonly (string | number)[], message: string): void
  /** Leaves the case out, for fixtures that need data which is not at hand; neither passed nor failed. */
  skip(reason: string): void
}

/** Runs every case of one `(system, kind)`. */
export interface Adapter {
  readonly system: string
  readonly kind: string
  run(test: GoldenTest, check: Checker): void | Promise<void>
}
