import { escapeHtml } from '../../evaluate/drawing/escape.ts'
import { htmlPage } from '../../evaluate/drawing/html-page.ts'
import { PLAYER_SCRIPT } from '../../evaluate/drawing/player-script.ts'
import { recordTable } from '../../evaluate/report/setup.ts'
import { PAGE_STYLE } from '../../evaluate/report/style.ts'
import type { AttackReport } from '../attack-report.ts'
import { exampleFigures } from './example-figures.ts'
import { foolingBars } from './fooling-bars.ts'
import { deviationTable, leadSentence, victimTable } from './tables.ts'

const STYLE = `${PAGE_STYLE}
.attacks td,.attacks thead th:not(:first-child){text-align:right}
.attacks thead tr:first-child th{border-bottom:0;padding-bottom:0;color:var(--ink);font-weight:600}.attacks thead tr:first-child td{border-bottom:0}
.attacks th small{display:block;color:var(--muted);font-size:12px}
.bars{margin-top:8px;font-size:13px}.bars text{dominant-baseline:central}
.drawn{margin-top:32px}.drawn h3{margin:0}.drawn .id{margin:0 0 12px}.what{margin:0;font-size:14px}.not{color:var(--wrong);font-weight:600}
`

/**
 * One self-contained HTML page about an attack: what it does to victims, how much it changes clips, and what that looks
 * like. It requests nothing from anywhere.
 */
export function renderAttackReport(report: AttackReport): string {
  const { title, synthetic, result, options, environment, notes } = report
  const sections = [
    { id: 'victims', title: 'What victims make of it', content: foolingBars(result) + victimTable(result) },
    { id: 'changes', title: 'How much clips are changed', content: deviationTable(result) },
    { id: 'clips', title: 'What it looks like', content: examplesSection(report) },
    { id: 'setup', title: 'What was run', content: setup(options, environment) },
    { id: 'notes', title: 'Deviations and notes', content: noteList(notes) },
  ].filter(({ content }) => content !== '')
  const links = sections.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('')
  const notice = synthetic
    ? '<p class="notice" role="note"><strong>Synthetic data.</strong> The clips were made by a program, not recorded. These figures say nothing about real movement.</p>'
    : ''
  const body = `<header>
<h1>${escapeHtml(title)}</h1>
${notice}
<p class="lead">${leadSentence(result)}</p>
<nav aria-label="Sections">${links}</nav>
</header>
<main id="main">
${sections.map(({ id, title, content }) => `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>\n${content}\n</section>`).join('\n')}
</main>`
  return htmlPage({ title, style: STYLE, body, script: `'use strict'\n${PLAYER_SCRIPT}` })
}

function examplesSection({ examples, result }: AttackReport): string {
  if (examples.length === 0) return ''
  return `<p>The clips that deceive most victims. Coloured: a wrong prediction.</p>${exampleFigures(examples, result.layout)}`
}

function setup(options: AttackReport['options'], environment: AttackReport['environment']): string {
  return `<div class="tables">${recordTable('Environment', environment)}${recordTable('Options', options)}</div>`
}

function noteList(notes: readonly string[]): string {
  return notes.length === 0 ? '' : `<ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`
}
