import type { Failure } from './comparison/expectations.ts'
import type { CaseResult } from './runner.ts'

/** One line per failure: file, case, path, what is wrong, the deviation and its bound. */
export function failureLine(result: CaseResult, failure: Failure): string {
  const place = [result.file, result.name && `[${result.name}]`, failure.path && `${failure.path}:`]
  const deviation =
    failure.deviation === undefined
      ? ''
      : ` (relative deviation ${failure.deviation.toExponential(2)}, bound ${failure.bound?.toExponential(2)})`
  const message = failure.message.replace(/\s*\n\s*/g, ' | ')
  return `FAIL ${place.filter(Boolean).join(' ')} ${message}${deviation}`
}

export interface Totals {
  passed: number
  failed: number
  skipped: number
}

export function countResults(results: readonly CaseResult[]): Totals {
  const count = (status: CaseResult['status']) => results.filter((result) => result.status === status).length
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
}

/** A short line on one system. */
export function systemLine(system: string, results: readonly CaseResult[], seconds: number): string {
  const { passed, failed, skipped } = countResults(results)
  const extra = skipped > 0 ? `, ${skipped} skipped` : ''
  return `${system}: ${passed} of ${passed + failed} passed${extra} (${seconds.toFixed(1)} s)`
}

/** The line that ends every run. */
export function summaryLine({ passed, failed }: Totals): string {
  return `${passed} passed, ${failed} failed`
}
