import { CounterStream } from '../../src/random/counter-stream.ts'

/** Values uniform in [-1, 1), the same for the same arguments. */
export function varied(count: number, seed = 1): Float32Array {
  const stream = new CounterStream(seed)
  return Float32Array.from({ length: count }, () => stream.uniform(-1, 1))
}

/** Largest difference, relative to the largest magnitude that was expected; infinite where a value is NaN or missing. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY
  let [largest, difference] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]))
    const apart = Math.abs(actual[i] - expected[i])
    difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(difference, apart)
  }
  return largest === 0 ? difference : difference / largest
}

/** @throws Error unless the values agree to a few roundings of float32 */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-6): void {
  const difference = relativeDifference(actual, expected)
  if (!(difference <= tolerance)) throw new Error(`${preview(actual)} is ${difference} from ${preview(expected)}`)
}

/** @throws Error unless both are the same when written as JSON */
export function assertEqual(actual: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (found !== wanted) throw new Error(`expected ${wanted}, found ${found}`)
}

/** @throws Error unless the action fails with this kind of error and a message that matches */
export async function assertRejects(
  action: () => Promise<unknown>,
  kind: new (...args: never[]) => Error,
  message: RegExp,
): Promise<void> {
  let failure: unknown
  try {
    await action()
  } catch (error) {
    failure = error
  }
  if (!(failure instanceof kind)) throw new Error(`expected a ${kind.name}, found ${failure ?? 'no failure'}`)
  if (!message.test(failure.message)) throw new Error(`expected ${message}, found: ${failure.message}`)
}

function preview(values: ArrayLike<number>): string {
  return `[${Array.from(values).slice(0, 8).join(', ')}${values.length > 8 ? ', ...' : ''}]`
}
