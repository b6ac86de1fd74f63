import type { Estimate } from '../statistics/bootstrap.ts'

/** What stands in place of a value that does not exist. */
export const ABSENT = '–'

/** An accuracy or probability in [0, 1] as percent, `–` when absent. */
export function percent(share: number | null | undefined, digits = 1): string {
  return isNumber(share) ? `${(100 * share).toFixed(digits)}%` : ABSENT
}

/** A difference of two accuracies in percentage points, with its sign. */
export function pointsDifference(difference: number): string {
  const text = (100 * Math.abs(difference)).toFixed(1)
  if (text === '0.0') return '±0.0'
  return `${difference < 0 ? '−' : '+'}${text}`
}

/** A difference in percentage points with its interval: `+1.2 (+0.3 to +2.1)`. */
export function differenceWithInterval({ value, low, high }: Estimate): string {
  return `${pointsDifference(value)} (${pointsDifference(low)} to ${pointsDifference(high)})`
}

/** An interval of accuracies as percent: `71.3 to 74.0`. */
export function percentInterval([low, high]: readonly [low: number, high: number]): string {
  return `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}`
}

/** A count with thousands separated by commas. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A count and its noun: `1 clip`, `2 clips`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`
}

/** A loss, rate or other real number with three significant digits. */
export function real(value: number | null | undefined): string {
  return isNumber(value) ? String(Number(value.toPrecision(3))) : ABSENT
}

/** An option's or environment entry's value as one line of text. */
export function plainValue(value: unknown): string {
  if (value === null || value === undefined) return ABSENT
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A p-value: three decimals, small ones as a bound. */
export function probabilityValue(value: number): string {
  return value < 0.001 ? '< 0.001' : value.toFixed(3)
}

export function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
