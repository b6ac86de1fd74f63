import { escapeHtml } from '../drawing/escape.ts'
import { orderByCount, shotGroup } from '../metrics/class-order.ts'
import { count, counted, isNumber, percent, pointsDifference } from './format.ts'
import type { ReportData, ReportRun } from './report-data.ts'
import { runLabel } from './run-label.ts'

/** Every class with the baseline's accuracy and every other run's difference to it; empty without paired tests. */
export function classDifferences({ runs, comparison }: ReportData): string {
  const baseline = runs.find(({ name }) => name === comparison?.baseline)
  if (!baseline || !comparison?.tests) return ''
  const others = runs.map((run, index) => ({ run, index })).filter(({ run }) => run !== baseline)
  const { classes, trainCounts, testCounts } = baseline.dataset
  const rows = orderByCount(trainCounts).map((label) => {
    const own = baseline.result.perClass[label]
    const cells = others.map(({ run }) => {
      const accuracy = run.result.perClass[label]
      const text = isNumber(accuracy) && isNumber(own) ? pointsDifference(accuracy - own) : percent(null)
      return `<td class="number">${text}</td>`
    })
    return `<tr><th scope="row">${escapeHtml(classes[label])}</th><td>${shotGroup(trainCounts[label])}</td><td class="number">${count(trainCounts[label])}</td><td class="number">${count(testCounts[label])}</td><td class="number">${percent(own)}</td>${cells.join('')}</tr>`
  })
  const heads = others.map(({ run, index }) => `<th scope="col" class="number">${runLabel(run, index)}</th>`).join('')
  const sentences = others.map(({ run }) => sentence(run, baseline)).join(' ')
  return `<p>${sentences}</p>
<div class="scroll" role="region" aria-label="Differences per class" tabindex="0"><table class="full"><caption>Difference to ${escapeHtml(baseline.name)} in percentage points, classes sorted by training clips</caption>
<thead><tr><th scope="col">Class</th><th scope="col">Group</th><th scope="col" class="number">Training clips</th><th scope="col" class="number">Test clips</th><th scope="col" class="number">${escapeHtml(baseline.name)}</th>${heads}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`
}

function sentence(run: ReportRun, baseline: ReportRun): string {
  const differences = run.result.perClass.map(
    (accuracy, label) => (accuracy ?? 0) - (baseline.result.perClass[label] ?? 0),
  )
  const better = differences.filter((difference) => difference > 0).length
  const worse = differences.filter((difference) => difference < 0).length
  return `${escapeHtml(run.name)} is better in ${counted(better, 'class', 'classes')} and worse in ${worse}.`
}
