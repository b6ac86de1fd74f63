import type { RandomStream } from './stream.ts'

/** The draws that every stream makes in the same way from its own `unit`, `integer` and `shuffle`. */
export abstract class DerivedDraws implements RandomStream {
  abstract unit(): number
  abstract integer(low: number, high: number): number
  abstract normal(mean?: number, deviation?: number): number
  abstract fork(...labels: (string | number)[]): RandomStream

  uniform(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  choice<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length)]
  }

  sample<T>(pool: readonly T[], count: number): T[] {
    return this.sampleBelow(pool.length, count).map((i) => pool[i])
  }

  /** Fisher-Yates from the front: for i = 0 .. count-1 exchange i with one of [i, bound); only what has moved is kept. */
  sampleBelow(bound: number, count: number): number[] {
    checkSampleSize(count, bound)
    const moved = new Map<number, number>()
    const at = (i: number) => moved.get(i) ?? i
    return Array.from({ length: count }, (_, i) => {
      const j = this.integer(i, bound)
      const drawn = at(j)
      moved.set(j, at(i))
      return drawn
    })
  }

  /** Fisher-Yates from the end: for i = n-1 .. 1 exchange item i with an item of [0, i]. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      exchange(items, i, this.integer(0, i + 1))
    }
    return items
  }
}

/** Throws unless that many distinct items can be drawn. */
export function checkSampleSize(count: number, available: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= available) return
  throw new RangeError(`cannot draw ${count} distinct items of ${available}`)
}

/** Throws unless [low, high) holds at least one and at most 2^32 whole numbers. */
export function checkIntegerRange(low: number, high: number): void {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high <= low || high - low > 2 ** 32) {
    throw new RangeError(`no integer can be drawn from [${low}, ${high})`)
  }
}

function exchange<T>(items: T[], i: number, j: number): void {
  const item = items[i]
  items[i] = items[j]
  items[j] = item
}
