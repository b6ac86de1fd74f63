import type { ProgressValues } from './progress.ts'

/** A stretch of work under way. Times are milliseconds of the caller's clock. */
export interface Stretch {
  readonly title: string
  readonly total: number
  readonly unit: string
  readonly startedAt: number
  done: number
  /** Units per second, undefined before anything can be said. */
  rate: number | undefined
  advance(done: number, at: number): void
}

export function startStretch(title: string, total: number, unit: string, startedAt: number): Stretch {
  let first: { done: number; at: number } | undefined
  return {
    title,
    total,
    unit,
    startedAt,
    done: 0,
    rate: undefined,
    advance(done, at) {
      this.done = done
      // The first update carries one-time costs (compiling, filling caches); later ones are counted from it.
      const from = first ?? { done: 0, at: startedAt }
      if (at > from.at && done > from.done) this.rate = ((done - from.done) / (at - from.at)) * 1000
      first ??= { done, at }
    },
  }
}

export function secondsLeft({ total, done, rate }: Stretch): number | undefined {
  return rate === undefined ? undefined : Math.max(0, total - done) / rate
}

/** `312 clips/s`, or `4.1 s per step` when slow; empty when unknown. */
export function rateText({ rate, unit }: Stretch): string {
  if (rate === undefined) return ''
  if (rate < 0.5) return `${significant(1 / rate)} s per ${unit.replace(/s$/, '')}`
  return `${significant(rate)} ${unit}/s`
}

/** `45 s`, `3:07`, `2:03:07`. */
export function timeText(seconds: number): string {
  if (seconds < 59.5) return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`
  const whole = Math.round(seconds)
  const two = (number: number) => String(number).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** `loss 1.234, top-1 45.6 %`. */
export function valuesText(values: ProgressValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${valueText(name, value)}`)
    .join(', ')
}

function valueText(name: string, value: number): string {
  if (/^(top-|accuracy)/.test(name) && value >= 0 && value <= 1) return `${(value * 100).toFixed(1)} %`
  return significant(value, 4)
}

function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value)
  const size = Math.abs(value)
  if (size < 1e-3 || size >= 1e6) return value.toExponential(digits - 1)
  return size >= 10 ** (digits - 1) ? value.toFixed(0) : value.toPrecision(digits)
}
