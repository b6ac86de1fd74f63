import type { Values } from '../adapter.ts'
import { expectedNumbers, isDigest, isTensor, type Mismatch, numbersOf, totals } from './compare.ts'

/**
 * Compares counts, indices, labels, texts and nested lists of them exactly. Typed arrays count as lists, maps as
 * objects, sets as lists; null matches NaN and undefined. Returns undefined when they agree.
 */
export function compareExact(expected: unknown, actual: unknown): Mismatch | undefined {
  if (isDigest(expected) || isTensor(expected)) return compareTensorExactly(expected, actual)
  const difference = firstDifference(expected, plain(actual), '')
  return difference === undefined ? undefined : { message: difference }
}

function compareTensorExactly(expected: unknown, actual: unknown): Mismatch | undefined {
  const found = numbersOf(actual as Values)
  const shape = (expected as { shape: readonly number[] }).shape
  if (String(found.shape) !== String(shape)) return { message: `shape [${found.shape}], expected [${shape}]` }
  if (!isDigest(expected)) {
    const difference = firstDifference(Array.from(expectedNumbers(expected).data), Array.from(found.data), '')
    return difference === undefined ? undefined : { message: difference }
  }
  const { sum, l2 } = totals(found.data)
  if (sum !== expected.sum) return { message: `sum is ${sum}, expected ${expected.sum}` }
  if (Math.abs(l2 - (expected.l2 ?? Number.NaN)) > 1e-12 * l2)
    return { message: `l2 is ${l2}, expected ${expected.l2}` }
  const difference = firstDifference(expected.head, Array.from(found.data).slice(0, expected.head.length), 'head')
  return difference === undefined ? undefined : { message: difference }
}

/** A result in the terms of JSON. */
function plain(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Set) return Array.from(value, plain)
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  if (isValues(value)) return nest(value.data, value.shape)
  return Object.fromEntries(entries.map(([key, inner]) => [String(key), plain(inner)]))
}

function isValues(value: object): value is Values {
  return 'data' in value && 'shape' in value && Object.keys(value).length <= 3
}

function nest(data: ArrayLike<number>, shape: readonly number[], offset = 0): unknown {
  if (shape.length === 0) return data[offset]
  const [size, ...rest] = shape
  const stride = rest.reduce((product, inner) => product * inner, 1)
  return Array.from({ length: size }, (_, i) => nest(data, rest, offset + i * stride))
}

function firstDifference(expected: unknown, actual: unknown, at: string): string | undefined {
  const missing = (value: unknown) => value === null || value === undefined || Number.isNaN(value)
  if (expected === actual || (missing(expected) && missing(actual))) return undefined
  if (Array.isArray(expected) && Array.isArray(actual)) {
    for (let i = 0; i < Math.min(expected.length, actual.length); i++) {
      const inner = firstDifference(expected[i], actual[i], `${at}[${i}]`)
      if (inner !== undefined) return inner
    }
    if (expected.length === actual.length) return undefined
    return `${at ? `${at}: ` : ''}${actual.length} items, expected ${expected.length}`
  }
  if (isRecord(expected) && isRecord(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const inner = firstDifference(expected[key], actual[key], at ? `${at}.${key}` : key)
      if (inner !== undefined) return inner
    }
    return undefined
  }
  return `${at ? `${at} ` : ''}is ${short(actual)}, expected ${short(expected)}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
