import { checkReportData } from './report/check-data.ts'
import { ABSENT, percent, pointsDifference } from './report/format.ts'
import type { ReportData, ReportRun } from './report/report-data.ts'
import { printable, textTable, withoutEmptyColumns } from './text-table.ts'

const heads = ['run', 'top-1', 'top-5', 'class mean', 'many', 'medium', 'few', 'many/3', 'medium/3', 'few/3']

/**
 * The headline accuracies as an aligned plain-text table for the terminal, one line per run: overall, by training clips, and by thirds
 * of the classes (the columns with `/3`). A column that no run has a value for is left out. With a baseline, a column with the difference in top-1 in percentage points follows.
 * Ends without a newline.
 * @throws OssatureError when the data's lists do not fit each other
 */
export function renderSummary(data: ReportData): string {
  checkReportData(data)
  const baseline = data.runs.find((run) => run.name === data.comparison?.baseline)
  const table = [
    baseline ? [...heads, 'difference'] : heads,
    ...data.runs.map((run) => [...cells(run), ...(baseline ? [difference(run, baseline)] : [])]),
  ]
  const synthetic = data.runs.some((run) => run.dataset.synthetic)
    ? ['', 'Synthetic data: not comparable with recordings.']
    : []
  return [printable(data.title), '', ...textTable(withoutEmptyColumns(table, ABSENT)), ...synthetic].join('\n')
}

function cells({ name, result }: ReportRun): string[] {
  const { thirds } = result
  const values = [result.top1, result.top5, result.meanClass, result.many, result.medium, result.few]
  return [name, ...[...values, thirds.many, thirds.medium, thirds.few].map((value) => percent(value))]
}

function difference(run: ReportRun, baseline: ReportRun): string {
  return run === baseline ? '' : pointsDifference(run.result.top1 - baseline.result.top1)
}
