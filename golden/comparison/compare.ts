import type { Closeness, Values } from '../adapter.ts'
import { type Flattened, flattenNested } from '../fixtures/nested.ts'
import { elementCount, stridesOf } from '../fixtures/number-array.ts'

/** What is wrong with a result. */
export interface Mismatch {
  readonly message: string
  /** Largest deviation relative to the largest magnitude, where numbers were compared. */
  readonly deviation?: number
  readonly bound?: number
}

/** An expected value that stands for a tensor by its shape, sum, L2 norm and first elements. */
export interface Digest {
  readonly shape: readonly number[]
  readonly sum: number | null
  readonly l2: number | null
  readonly head: readonly (number | null)[]
  readonly sums_by_first_axis?: readonly (number | null)[]
}

interface Numbers {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[] | undefined
}

export function isDigest(value: unknown): value is Digest {
  return isObject(value) && 'l2' in value && 'head' in value && 'shape' in value
}

export function isTensor(value: unknown): boolean {
  return isObject(value) && 'shape' in value && ('values' in value || 'nonzero' in value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Numbers with their shape of a result: values, a list, a nested list or a single number. */
export function numbersOf(actual: Values | ArrayLike<number> | number): Numbers {
  if (isObject(actual) && 'data' in actual && 'shape' in actual) return actual as unknown as Values
  return flattenNested(actual)
}

/** The whole tensor that an expected value gives: `values`, `nonzero`, a nested list or a number. */
export function expectedNumbers(expected: unknown): Flattened {
  if (!isObject(expected)) return flattenNested(expected)
  const shape = expected.shape as number[]
  if ('values' in expected) return { data: flattenNested(expected.values).data, shape }
  const data = new Float64Array(elementCount(shape))
  const strides = stridesOf(shape)
  for (const entry of expected.nonzero as (number | null)[][]) {
    const at = strides.reduce((sum, stride, axis) => sum + (entry[axis] as number) * stride, 0)
    data[at] = entry[shape.length] ?? Number.NaN
  }
  return { data, shape }
}

/**
 * Compares numbers with an expected value relative to its largest magnitude (fixtures' README, section 6).
 * NaN matches NaN or null. Returns undefined when they agree.
 */
export function compareClose(
  expected: unknown,
  actual: Values | ArrayLike<number> | number,
  closeness: Closeness,
): Mismatch | undefined {
  const found = numbersOf(actual)
  if (isDigest(expected)) return compareDigest(expected, found, closeness)
  if (isObject(expected) && !isTensor(expected))
    return { message: `expected is an object with the keys ${Object.keys(expected).join(', ')}, no tensor` }
  if (typeof expected === 'string') return { message: `expected is the text "${expected}", no number` }
  return compareTensor(expectedNumbers(expected), found, closeness)
}

/** An empty nested list cannot tell its inner sizes, a ragged one has none: both are compared by their count. */
function shapeMismatch(expected: readonly number[] | undefined, found: Numbers): Mismatch | undefined {
  if (expected === undefined || (elementCount(expected) === 0 && found.data.length === 0)) return undefined
  if (found.shape !== undefined && String(found.shape) === String(expected)) return undefined
  return { message: `shape [${found.shape ?? 'uneven'}], expected [${expected}]` }
}

function compareTensor(expected: Flattened, found: Numbers, closeness: Closeness): Mismatch | undefined {
  const wrongShape = shapeMismatch(expected.shape, found)
  if (wrongShape) return wrongShape
  if (expected.data.length !== found.data.length)
    return { message: `${found.data.length} elements, expected ${expected.data.length}` }
  let largest = 0
  for (const value of expected.data) if (Math.abs(value) > largest) largest = Math.abs(value)
  return largestDeviation(expected.data, found.data, largest, closeness.relative, closeness.absolute, 'element')
}

function compareDigest(expected: Digest, found: Numbers, closeness: Closeness): Mismatch | undefined {
  const wrongShape = shapeMismatch(expected.shape, found)
  if (wrongShape) return wrongShape
  const { relative, absolute } = closeness
  const count = elementCount(expected.shape)
  if (found.data.length !== count) return { message: `${found.data.length} elements, expected ${count}` }
  const root = Math.sqrt(count)
  const { sum, l2 } = totals(found.data, 0, count)
  const expectedL2 = expected.l2 ?? Number.NaN
  const head = expected.head.map((value) => value ?? Number.NaN)
  const scale = Math.max(...[0, expectedL2 / root, ...head.map(Math.abs)].filter(Number.isFinite))
  const checks = [
    () => largestDeviation([expectedL2], [l2], expectedL2, relative, times(absolute, root), 'l2'),
    () => largestDeviation(head, Array.from(found.data).slice(0, head.length), scale, relative, absolute, 'head'),
    () =>
      largestDeviation([expected.sum ?? Number.NaN], [sum], root * expectedL2, relative, times(absolute, count), 'sum'),
    () => compareSlices(expected, found, closeness),
  ]
  return worst(checks.map((check) => check()))
}

function compareSlices(expected: Digest, found: Numbers, closeness: Closeness): Mismatch | undefined {
  const sums = expected.sums_by_first_axis
  if (sums === undefined) return undefined
  const size = found.data.length / sums.length
  const actual = sums.map((_, i) => totals(found.data, i * size, (i + 1) * size).sum)
  const scale = Math.sqrt(size) * (expected.l2 ?? Number.NaN)
  const wanted = sums.map((value) => value ?? Number.NaN)
  const { relative, absolute } = closeness
  return largestDeviation(wanted, actual, scale, relative, times(absolute, size), 'sums_by_first_axis')
}

function times(absolute: number | undefined, factor: number): number | undefined {
  return absolute === undefined ? undefined : absolute * factor
}

function worst(mismatches: readonly (Mismatch | undefined)[]): Mismatch | undefined {
  let result: Mismatch | undefined
  for (const mismatch of mismatches)
    if (mismatch && (result === undefined || (mismatch.deviation ?? 0) > (result.deviation ?? 0))) result = mismatch
  return result
}

/** Sum and L2 norm of a stretch of elements, in float64. */
export function totals(data: ArrayLike<number>, from = 0, to = data.length): { sum: number; l2: number } {
  let sum = 0
  let squares = 0
  for (let i = from; i < to; i++) {
    sum += data[i]
    squares += data[i] * data[i]
  }
  return { sum, l2: Math.sqrt(squares) }
}

function largestDeviation(
  expected: ArrayLike<number>,
  actual: ArrayLike<number>,
  scale: number,
  relative: number,
  absolute: number | undefined,
  what: string,
): Mismatch | undefined {
  let difference = 0
  let at = -1
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(expected[i], actual[i]) || expected[i] === actual[i]) continue
    const own = Math.abs(expected[i] - actual[i])
    if (Number.isNaN(own) || own === Infinity) {
      difference = Infinity
      at = i
      break
    }
    if (own > difference) {
      difference = own
      at = i
    }
  }
  if (at < 0) return undefined
  const allowed = Math.max(Number.isFinite(scale) ? relative * scale : 0, absolute ?? 0)
  if (difference <= allowed) return undefined
  const place = expected.length > 1 ? `${what} ${at}` : what
  return {
    message: `${place} is ${actual[at]}, expected ${expected[at]}`,
    deviation: scale > 0 ? difference / scale : Infinity,
    bound: scale > 0 ? allowed / scale : relative,
  }
}
