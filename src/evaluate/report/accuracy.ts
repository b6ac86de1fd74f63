import { escapeHtml } from '../drawing/escape.ts'
import { FEW_BELOW, groupSizes, MANY_ABOVE } from '../metrics/class-order.ts'
import type { GroupAccuracies } from '../metrics/shots.ts'
import { wilsonInterval } from '../statistics/wilson.ts'
import { counted, isNumber, percent, percentInterval, pointsDifference, sum } from './format.ts'
import type { ReportData, ReportRun } from './report-data.ts'
import { runLabel } from './run-label.ts'

/** The result in one sentence. */
export function leadSentence({ runs }: ReportData): string {
  if (runs.length === 1) return singleLead(runs[0])
  const best = runs.reduce((a, b) => (b.result.top1 > a.result.top1 ? b : a))
  const sets = new Set(runs.map((run) => run.dataset.name))
  const where = sets.size === 1 ? ` on ${escapeHtml(best.dataset.name)}` : ''
  return `Of ${runs.length} runs${where}, <strong>${escapeHtml(best.name)}</strong> recognises most test clips: <strong>${percent(best.result.top1)}</strong>.`
}

function singleLead({ system, dataset, result }: ReportRun): string {
  const total = counted(sum(dataset.testCounts), 'test clip')
  const wording = { many: 'many training clips it is', medium: 'a medium number', few: 'few' }
  const groups = (['many', 'medium', 'few'] as const)
    .filter((group) => isNumber(result[group]))
    .map((group) => `${wording[group]} ${percent(result[group])}`)
  const detail = groups.length > 1 ? ` In classes with ${groups.join(', with ')}.` : ''
  return `${escapeHtml(system)} recognises <strong>${percent(result.top1)}</strong> of ${total} in ${counted(dataset.classes.length, 'class', 'classes')}.${detail}`
}

/** The table of headline accuracies, one row per run. */
export function accuracyTable(data: ReportData): string {
  const { runs, comparison } = data
  const baseline = runs.find((run) => run.name === comparison?.baseline)
  const columns = accuracyColumns()
  const best = columns.map(({ value }) => Math.max(...runs.map((run) => value(run) ?? Number.NEGATIVE_INFINITY)))
  const rows = runs.map((run, index) => {
    const cells = columns.map(({ value, interval }, column) => {
      const own = value(run)
      const isBest = runs.length > 1 && isNumber(own) && own === best[column]
      const reference = baseline && baseline !== run ? value(baseline) : null
      const difference =
        isNumber(own) && isNumber(reference) ? `<small>${pointsDifference(own - reference)}</small>` : ''
      const bounds = interval && !difference ? `<small>${intervalText(run)}</small>` : ''
      return `<td${isBest ? ' class="best"' : ''}>${percent(own)}${difference}${bounds}</td>`
    })
    return `<tr><th scope="row">${runs.length > 1 ? runLabel(run, index) : escapeHtml(run.name)}</th>${cells.join('')}</tr>`
  })
  const heads = columns.map(({ name }) => `<th scope="col">${name}</th>`).join('')
  return `<div class="scroll" role="region" aria-label="Accuracies" tabindex="0"><table class="accuracies${runs.length === 1 ? ' single' : ''}">
<caption>Accuracy on the test clips</caption>
<thead>
<tr><td></td><th colspan="4" scope="colgroup">All classes</th><th colspan="3" scope="colgroup">By training clips</th><th colspan="3" scope="colgroup">By thirds</th></tr>
<tr><th scope="col">Run</th>${heads}</tr>
</thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>
<p class="remark">${tableRemark(runs, baseline)}</p>`
}

interface Column {
  name: string
  value: (run: ReportRun) => number | null
  interval?: boolean
}

function accuracyColumns(): Column[] {
  const groups = (pick: (run: ReportRun) => GroupAccuracies): Column[] =>
    (['many', 'medium', 'few'] as const).map((group) => ({ name: group, value: (run) => pick(run)[group] }))
  return [
    { name: 'top-1', value: (run) => run.result.top1, interval: true },
    { name: 'top-5', value: (run) => run.result.top5 },
    { name: 'class mean', value: (run) => run.result.meanClass },
    { name: 'worst class', value: worstClass },
    ...groups((run) => run.result),
    ...groups((run) => run.result.thirds),
  ]
}

function worstClass({ result }: ReportRun): number | null {
  const known = result.perClass.filter(isNumber)
  return known.length > 0 ? Math.min(...known) : null
}

function intervalText(run: ReportRun): string {
  return percentInterval(wilsonInterval(run.result.top1, sum(run.dataset.testCounts)))
}

function tableRemark(runs: readonly ReportRun[], baseline: ReportRun | undefined): string {
  const sizes = runs.map(({ dataset }) => groupSizes(dataset.trainCounts).join(' / '))
  const classes = new Set(sizes).size === 1 ? ` (${sizes[0]} classes)` : ''
  const small = baseline
    ? `Small figures: difference to ${escapeHtml(baseline.name)} in percentage points; of ${escapeHtml(baseline.name)} itself the 95% interval (Wilson).`
    : 'Small figures: 95% interval (Wilson).'
  return `Many, medium, few by training clips: more than ${MANY_ABOVE}, ${FEW_BELOW} to ${MANY_ABOVE}, fewer than ${FEW_BELOW}${classes}. By thirds: the classes sorted by training clips, cut into three equal parts. ${small}`
}
