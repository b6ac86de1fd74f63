import type { Checker, Closeness, Values } from '../adapter.ts'
import { compareClose, type Mismatch } from './compare.ts'
import { compareExact } from './exact.ts'

export type Path = readonly (string | number)[]

/** One failed comparison. */
export interface Failure extends Mismatch {
  readonly path: string
}

/**
 * The checker over the `expected` of one case. Comparing with a key that is not there does nothing (fixtures leave out
 * what they do not give); `unused` names what was there and compared with nothing.
 */
export class Expectations implements Checker {
  readonly failures: Failure[] = []
  skipped: string | undefined
  private readonly expected: unknown
  private readonly used = new Set<string>()
  /** The used paths and everything above them. */
  private readonly touched = new Set<string>()

  constructor(expected: unknown) {
    this.expected = expected
  }

  close(path: Path, actual: Values | ArrayLike<number> | number, closeness: Closeness): void {
    this.compare(path, (expected) => compareClose(expected, actual, closeness))
  }

  equal(path: Path, actual: unknown): void {
    this.compare(path, (expected) => compareExact(expected, actual))
  }

  has(path: Path): boolean {
    return this.at(path) !== undefined
  }

  keys(path: Path): string[] {
    const value = this.at(path)
    return typeof value === 'object' && value !== null ? Object.keys(value) : []
  }

  use(path: Path): unknown {
    this.used.add(keyOf(path))
    for (let length = 0; length <= path.length; length++) this.touched.add(keyOf(path.slice(0, length)))
    return this.at(path)
  }

  fail(path: Path, message: string): void {
    this.failures.push({ path: path.join('.'), message })
  }

  skip(reason: string): void {
    this.skipped = reason
  }

  /** Paths of expected values that no comparison used; whole objects are named once, empty ones not at all. */
  unused(): string[] {
    const found: string[] = []
    this.collectUnused(this.expected, [], found)
    return found
  }

  private compare(path: Path, run: (expected: unknown) => Mismatch | undefined): void {
    const expected = this.use(path)
    if (expected === undefined) return
    const mismatch = attempt(() => run(expected))
    if (mismatch) this.failures.push({ path: path.join('.'), ...mismatch })
  }

  private at(path: Path): unknown {
    let value = this.expected
    for (const key of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
      value = (value as Record<string | number, unknown>)[key]
    }
    return value
  }

  private collectUnused(value: unknown, path: Path, found: string[]): void {
    const key = keyOf(path)
    if (this.used.has(key) || isEmptyMap(value)) return
    if (path.length > 0 && !this.touched.has(key)) found.push(path.join('.'))
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) this.collectUnused(inner, [...path, name], found)
  }
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
}

function keyOf(path: Path): string {
  return JSON.stringify(path.map(String))
}

function attempt(run: () => Mismatch | undefined): Mismatch | undefined {
  try {
    return run()
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) }
  }
}
