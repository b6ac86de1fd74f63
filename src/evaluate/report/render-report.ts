import { escapeHtml } from '../drawing/escape.ts'
import { htmlPage } from '../drawing/html-page.ts'
import { accuracyTable, leadSentence } from './accuracy.ts'
import { checkReportData } from './check-data.ts'
import { type ChartRun, classChart } from './class-chart.ts'
import { classDifferences } from './class-differences.ts'
import { classTable } from './class-table.ts'
import { confusionFigure, confusionTable } from './confusion.ts'
import { curveFigures } from './curves.ts'
import { hardestFigures } from './hardest.ts'
import { pairedTests } from './paired-tests.ts'
import type { ReportData, ReportRun } from './report-data.ts'
import { runLabel } from './run-label.ts'
import { PAGE_SCRIPT } from './script.ts'
import { setupTables } from './setup.ts'
import { PAGE_STYLE } from './style.ts'

interface Section {
  id: string
  title: string
  content: string
}

/**
 * One self-contained HTML page about one run or several runs side by side. It requests nothing from anywhere: its content security
 * policy forbids it, and only the page's own script, known by its hash, is executed. All accuracies in the data are in [0, 1].
 * @throws OssatureError when the data's lists do not fit each other
 */
export function renderReport(data: ReportData): string {
  checkReportData(data)
  const sections = [
    { id: 'accuracy', title: 'Accuracy', content: accuracyTable(data) },
    { id: 'tests', title: 'Are the differences real?', content: pairedTests(data) },
    { id: 'learning', title: 'Learning curves', content: curveFigures(data.runs) },
    { id: 'classes', title: 'Accuracy per class', content: classSection(data.runs) },
    { id: 'differences', title: 'Differences per class', content: classDifferences(data) },
    { id: 'confusion', title: 'Confusions', content: confusionSection(data.runs) },
    { id: 'hardest', title: 'Hardest clips', content: hardestSection(data.runs) },
    { id: 'setup', title: 'What was run', content: setupTables(data.runs) },
    { id: 'notes', title: 'Deviations and notes', content: notesSection(data.runs) },
  ].filter((section) => section.content !== '')
  const body = `${header(data, sections)}
<main id="main">
${sections.map(renderSection).join('\n')}
</main>`
  return htmlPage({ title: data.title, style: PAGE_STYLE, body, script: PAGE_SCRIPT })
}

function header(data: ReportData, sections: readonly Section[]): string {
  const links = sections.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('')
  const note = data.comparison?.note ? `<p>${escapeHtml(data.comparison.note)}</p>` : ''
  return `<header>
<h1>${escapeHtml(data.title)}</h1>
${syntheticNotice(data.runs)}
<p class="lead">${leadSentence(data)}</p>
${note}
<nav aria-label="Sections">${links}</nav>
</header>`
}

function syntheticNotice(runs: readonly ReportRun[]): string {
  const names = [...new Set(runs.filter((run) => run.dataset.synthetic).map((run) => run.dataset.name))]
  if (names.length === 0) return ''
  return `<p class="notice" role="note"><strong>Synthetic data.</strong> The clips of ${escapeHtml(names.join(', '))} were made by a program, not recorded. These figures say nothing about real movement.</p>`
}

function renderSection({ id, title, content }: Section): string {
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>\n${content}\n</section>`
}

/** Runs with the same classes and training counts share one chart. */
function classSection(runs: readonly ReportRun[]): string {
  const groups = new Map<string, ChartRun[]>()
  for (const [index, run] of runs.entries()) {
    const key = JSON.stringify([run.dataset.name, run.dataset.classes, run.dataset.trainCounts])
    groups.set(key, [...(groups.get(key) ?? []), { run, index }])
  }
  const charts = [...groups.values()].map((group) => {
    const legend =
      runs.length > 1 ? `<p class="legend">${group.map(({ run, index }) => runLabel(run, index)).join('')}</p>` : ''
    const heading = groups.size > 1 ? `<h3>${escapeHtml(group[0].run.dataset.name)}</h3>` : ''
    return `${heading}${legend}${classChart(group)}<details><summary>Table of all ${group[0].run.dataset.classes.length} classes</summary>${classTable(group)}</details>`
  })
  return `<p>Classes from the most to the fewest training clips. Thin lines: mean of each group.</p>${charts.join('\n')}`
}

function confusionSection(runs: readonly ReportRun[]): string {
  const figures = runs.map((run, index) => {
    const heading = runs.length > 1 ? runLabel(run, index) : escapeHtml(run.name)
    return `<div class="confusions">${confusionFigure(run, heading)}${confusionTable(run)}</div>`
  })
  const shades = [1, 4, 7, 10].map((shade) => `<i class="shade-${shade}"></i>`).join('')
  return `<p>Rows are true classes, columns predicted ones, both from the most to the fewest training clips; the shade is the share of the row. Point at a cell, or focus the matrix and use the arrow keys, to read it.</p>
<p><span class="scale right">right ${shades}</span> <span class="scale wrong">wrong ${shades}</span></p>${figures.join('\n')}`
}

function hardestSection(runs: readonly ReportRun[]): string {
  return runs
    .map((run, index) => ({ run, index }))
    .filter(({ run }) => run.hardest.length > 0)
    .map(
      ({ run, index }) =>
        `${runs.length > 1 ? `<h3>${runLabel(run, index)}</h3>` : ''}${hardestFigures(run, runs.length)}`,
    )
    .join('\n')
}

function notesSection(runs: readonly ReportRun[]): string {
  const lists = runs.map((run, index) => {
    const heading = runs.length > 1 ? `<h3>${runLabel(run, index)}</h3>` : ''
    const items = run.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')
    return heading + (items ? `<ul>${items}</ul>` : '<p>None recorded.</p>')
  })
  return lists.join('\n')
}
