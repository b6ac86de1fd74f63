import type { RandomStream } from './stream.ts'

/** The value transformed with the given probability, otherwise the value itself; a unit draw, then those of `transform`. */
export function sometimes<T>(value: T, probability: number, stream: RandomStream, transform: (value: T) => T): T {
  return stream.unit() < probability ? transform(value) : value
}
