import { escapeHtml } from '../drawing/escape.ts'
import { orderByCount, shotGroup } from '../metrics/class-order.ts'
import type { ChartRun } from './class-chart.ts'
import { count, isNumber, percent } from './format.ts'
import { runLabel } from './run-label.ts'

/** Every class with its clips and its accuracy in every run, sorted by training clips. */
export function classTable(runs: readonly ChartRun[]): string {
  const { dataset } = runs[0].run
  const heads = runs
    .map(
      ({ run, index }) => `<th scope="col" class="number">${runs.length > 1 ? runLabel(run, index) : 'Accuracy'}</th>`,
    )
    .join('')
  const rows = orderByCount(dataset.trainCounts).map((index) => {
    const cells = runs.map(({ run }) => {
      const accuracy = run.result.perClass[index]
      const bar = isNumber(accuracy) ? ` style="--share:${accuracy.toFixed(3)}"` : ''
      return `<td class="number bar"${bar}>${percent(accuracy)}</td>`
    })
    return `<tr><th scope="row">${escapeHtml(dataset.classes[index])}</th><td>${shotGroup(dataset.trainCounts[index])}</td><td class="number">${count(dataset.trainCounts[index])}</td><td class="number">${count(dataset.testCounts[index])}</td>${cells.join('')}</tr>`
  })
  return `<div class="scroll" role="region" aria-label="Table of all classes" tabindex="0"><table class="full"><caption>All classes, sorted by training clips</caption>
<thead><tr><th scope="col">Class</th><th scope="col">Group</th><th scope="col" class="number">Training clips</th><th scope="col" class="number">Test clips</th>${heads}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`
}
