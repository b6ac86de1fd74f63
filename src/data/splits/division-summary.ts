import { countsOf } from '../classes/class-counts.ts'
import { ORIGINS } from '../clip.ts'
import type { Division } from './division.ts'

/** Performers, cameras, ... of each part, in rising order; only what the data state. */
export interface OriginSummary {
  readonly field: (typeof ORIGINS)[number]
  readonly train: readonly number[]
  readonly test: readonly number[]
}

/** The size of a division at a glance. */
export interface DivisionSummary {
  readonly train: number
  readonly test: number
  /** Clips in neither part. */
  readonly unused: number
  readonly classes: readonly { readonly name: string; readonly train: number; readonly test: number }[]
  readonly origins: readonly OriginSummary[]
}

/** Clips per class and part, and who and what is recorded in each part. */
export function summarizeDivision({ dataset, train, test }: Omit<Division, 'crossSubject'>): DivisionSummary {
  const [trained, tested] = [countsOf(dataset, train), countsOf(dataset, test)]
  const used = new Set([...train, ...test])
  const valuesOf = (part: readonly number[], field: (typeof ORIGINS)[number]) =>
    [...new Set(part.flatMap((index) => dataset.entries[index].meta[field] ?? []))].sort((a, b) => a - b)
  const origins = ORIGINS.map((field) => ({ field, train: valuesOf(train, field), test: valuesOf(test, field) }))
  return {
    train: train.length,
    test: test.length,
    unused: dataset.entries.length - used.size,
    classes: dataset.classes.map((name, label) => ({ name, train: trained[label], test: tested[label] })),
    origins: origins.filter((origin) => origin.train.length + origin.test.length > 0),
  }
}
