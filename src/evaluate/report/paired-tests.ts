import { escapeHtml } from '../drawing/escape.ts'
import { counted, differenceWithInterval, probabilityValue } from './format.ts'
import type { ReportData } from './report-data.ts'
import { runLabel } from './run-label.ts'

/** The paired tests against the baseline as a table; empty when there are none. */
export function pairedTests({ runs, comparison }: ReportData): string {
  const { tests, baseline } = comparison ?? {}
  if (!tests || tests.length === 0 || baseline === undefined) return ''
  const rows = tests.map((test) => {
    const index = runs.findIndex(({ name }) => name === test.run)
    const numbers = [
      differenceWithInterval(test.top1),
      probabilityValue(test.top1.pValue),
      differenceWithInterval(test.meanClass),
      probabilityValue(test.meanClass.pValue),
      String(test.won),
      String(test.lost),
      probabilityValue(test.mcNemar),
      probabilityValue(test.mcNemarHolm),
    ]
    const cells = numbers.map((text) => `<td class="number">${escapeHtml(text)}</td>`).join('')
    return `<tr><th scope="row">${runLabel(runs[index], index)}</th>${cells}</tr>`
  })
  const heads = ['top-1', 'p', 'class mean', 'p', 'Only this run', 'Only the baseline', 'McNemar p', 'Holm']
  return `<div class="scroll" role="region" aria-label="Paired tests" tabindex="0"><table class="tests">
<caption>Against ${escapeHtml(baseline)}, on the same test clips</caption>
<thead><tr><th scope="col">Run</th>${heads.map((head) => `<th scope="col" class="number">${head}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
<p class="remark">Differences in percentage points with their 95% interval and two-sided p-value: paired bootstrap over the test clips. McNemar: exact test on the clips that only one of the two runs recognises; Holm: corrected for ${counted(tests.length, 'comparison')}. These tests see the chance of the test clips, not that of training: for that, repeat runs with other seeds.</p>`
}
