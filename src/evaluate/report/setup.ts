import { escapeHtml } from '../drawing/escape.ts'
import { groupSizes } from '../metrics/class-order.ts'
import { count, plainValue, sum } from './format.ts'
import type { ReportDataset, ReportRun } from './report-data.ts'
import { runLabel } from './run-label.ts'

type Row = [name: string, values: string[]]

/** What was run: the data, the options (those that differ first) and the environment, one column per run. */
export function setupTables(runs: readonly ReportRun[]): string {
  const data = datasetRows(runs)
  const options: Row[] = [['system', runs.map((run) => run.system)], ...recordRows(runs.map((run) => run.options))]
  const environment = recordRows(runs.map((run) => run.environment))
  if (runs.length === 1) {
    return `<div class="tables">${table('Data', data, runs)}${table('Environment', environment, runs)}${table('Options', options, runs)}</div>`
  }
  const differing = options.filter(([, values]) => differ(values))
  const common = options.filter(([, values]) => !differ(values))
  return `${table('Data', data, runs)}
${table('Options that differ', differing, runs)}
<details><summary>Options that all runs share (${common.length})</summary>${table('Options that all runs share', shared(common), [])}</details>
${table('Environment', environment, runs)}`
}

/** One record, its names and values below each other. */
export function recordTable(caption: string, record: Readonly<Record<string, unknown>>): string {
  return table(caption, recordRows([record]), [])
}

function differ(values: readonly string[]): boolean {
  return new Set(values).size > 1
}

function shared(rows: readonly Row[]): Row[] {
  return rows.map(([name, values]) => [name, values.slice(0, 1)])
}

function datasetRows(runs: readonly ReportRun[]): Row[] {
  const row = (name: string, value: (dataset: ReportDataset) => string): Row => [
    name,
    runs.map((run) => value(run.dataset)),
  ]
  return [
    row('data set', (dataset) => (dataset.synthetic ? `${dataset.name} (synthetic)` : dataset.name)),
    row('skeleton layout', (dataset) => dataset.layout),
    row('classes', (dataset) => count(dataset.classes.length)),
    row('training clips', (dataset) => count(sum(dataset.trainCounts))),
    row('test clips', (dataset) => count(sum(dataset.testCounts))),
    row(
      'training clips per class',
      ({ trainCounts }) => `${count(Math.min(...trainCounts))} to ${count(Math.max(...trainCounts))}`,
    ),
    row('classes with many / medium / few', ({ trainCounts }) => groupSizes(trainCounts).join(' / ')),
  ]
}

/** Nested records become dotted names. */
function recordRows(records: readonly Readonly<Record<string, unknown>>[]): Row[] {
  const flat = records.map((record) => new Map(flatten(record)))
  const names = [...new Set(flat.flatMap((record) => [...record.keys()]))]
  return names.map((name) => [name, flat.map((record) => plainValue(record.get(name)))])
}

function flatten(record: Readonly<Record<string, unknown>>, prefix = ''): [string, unknown][] {
  return Object.entries(record).flatMap(([name, value]): [string, unknown][] => {
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isRecord ? flatten(value as Record<string, unknown>, `${prefix}${name}.`) : [[prefix + name, value]]
  })
}

function table(caption: string, rows: readonly Row[], runs: readonly ReportRun[]): string {
  if (rows.length === 0) return ''
  const head =
    runs.length > 1
      ? `<thead><tr><td></td>${runs.map((run, index) => `<th scope="col">${runLabel(run, index)}</th>`).join('')}</tr></thead>`
      : ''
  const body = rows.map(
    ([name, values]) =>
      `<tr><th scope="row">${escapeHtml(name)}</th>${values.map((value) => `<td>${escapeHtml(value)}</td>`).join('')}</tr>`,
  )
  return `<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="setup"><caption>${caption}</caption>${head}<tbody>${body.join('\n')}</tbody></table></div>`
}
