import type { DivisionSummary } from '../data/splits/division-summary.ts'
import { printable, textTable } from '../evaluate/text-table.ts'

/** Clips per class and part as a table, and below it who and what is recorded in which part. */
export function divisionText({ classes, train, test, unused, origins }: DivisionSummary): string {
  const table = textTable([
    ['class', 'train', 'test'],
    ...classes.map((row) => [row.name, `${row.train}`, `${row.test}`]),
    ['all', `${train}`, `${test}`],
  ])
  const shared = (one: readonly number[], other: readonly number[]) => one.filter((value) => other.includes(value))
  const lines = origins.map(({ field, ...parts }) => {
    const both = shared(parts.train, parts.test)
    return `${field}: ${rangesOf(parts.train)} train, ${rangesOf(parts.test)} test${both.length > 0 ? `; in both parts: ${rangesOf(both)}` : ''}`
  })
  const left = unused > 0 ? [`${unused} clips are in neither part.`] : []
  return [...table, '', ...lines, ...left].join('\n').trimEnd()
}

/** Clips per class before and after a cut, with a bar: `#` for clips that stay, `.` for those left out. */
export function cutText(rows: readonly { name: string; before: number; after: number }[]): string {
  const most = Math.max(1, ...rows.map(({ before }) => before))
  const length = (clips: number) => Math.ceil((BAR * clips) / most)
  const total = (part: 'before' | 'after') => rows.reduce((sum, row) => sum + row[part], 0)
  const table = textTable([
    ['class', 'before', 'after'],
    ...rows.map(({ name, before, after }) => [name, `${before}`, `${after}`]),
    ['all', `${total('before')}`, `${total('after')}`],
  ])
  const bars = rows.map(
    ({ before, after }) => `${'#'.repeat(length(after))}${'.'.repeat(length(before) - length(after))}`,
  )
  // Two lines of head, a line per class, and the sum.
  return table.map((line, i) => (bars[i - 2] ? `${line}  ${bars[i - 2]}` : line)).join('\n')
}

const BAR = 30

/** Whole numbers in rising order as ranges: 1-3, 5. Other numbers one by one. */
function rangesOf(values: readonly number[]): string {
  if (values.length === 0) return 'none'
  const runs: [number, number][] = []
  for (const value of values) {
    const last = runs.at(-1)
    if (last && value === last[1] + 1) last[1] = value
    else runs.push([value, value])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')
}

/** Names and descriptions in two columns. */
export function namesText(rows: readonly { name: string; description: string }[]): string {
  const width = Math.max(0, ...rows.map(({ name }) => name.length))
  return rows.map(({ name, description }) => printable(`  ${name.padEnd(width)}  ${description}`)).join('\n')
}
