import { embedJson, escapeHtml } from '../drawing/escape.ts'
import { groupSpans, orderByCount } from '../metrics/class-order.ts'
import { counted, percent, sum } from './format.ts'
import type { ReportRun } from './report-data.ts'

/** Shades per colour: few enough that neighbouring cells of one shade share a path. */
const SHADES = 10

/**
 * The confusion matrix as one figure: rows are true classes, columns predicted ones, both from many to few training clips; shade is
 * the share of the row. The counts stand beside it as data for the page's script, which shows them under the pointer or the arrow keys.
 */
export function confusionFigure(run: ReportRun, heading: string): string {
  const { dataset, result } = run
  const order = orderByCount(dataset.trainCounts)
  const names = order.map((index) => dataset.classes[index])
  const counts = order.map((row) => order.map((column) => result.confusion[row][column]))
  const data = {
    names,
    counts: counts.map((row) => row.flatMap((value, column) => (value > 0 ? [[column, value]] : []))),
  }
  const right = sum(counts.map((row, index) => row[index]))
  const total = sum(counts.map(sum))
  const description = `${counted(names.length, 'class', 'classes')}, ${right} of ${counted(total, 'test clip')} on the diagonal. The most frequent confusions are listed in the table that follows.`
  return `<figure class="confusion">
<figcaption>${heading}</figcaption>
<div class="scroll"><div class="matrix">
${matrixSvg(names, counts, groupLines(order, dataset.trainCounts), description)}
<div class="tip" hidden></div></div></div>
<output class="hidden" aria-live="polite"></output>
<script type="application/json">${embedJson(data)}</script>
</figure>`
}

/** The pairs of classes that are confused most often, as a table. */
export function confusionTable(run: ReportRun, rows = 10): string {
  const { classes } = run.dataset
  const pairs = run.result.confusion.flatMap((row, truth) => {
    const total = sum(row)
    return row.map((value, predicted) => ({ truth, predicted, value, share: total > 0 ? value / total : 0 }))
  })
  const frequent = pairs
    .filter(({ truth, predicted, value }) => truth !== predicted && value > 0)
    .sort((a, b) => b.value - a.value || b.share - a.share || a.truth - b.truth)
    .slice(0, rows)
  if (frequent.length === 0) return '<p>No test clip was confused.</p>'
  const body = frequent.map(
    ({ truth, predicted, value, share }) =>
      `<tr><td>${escapeHtml(classes[truth])}</td><td>${escapeHtml(classes[predicted])}</td><td class="number">${value}</td><td class="number">${percent(share, 0)}</td></tr>`,
  )
  return `<table><caption>Most frequent confusions</caption><thead><tr><th scope="col">True class</th><th scope="col">Predicted as</th><th scope="col" class="number">Clips</th><th scope="col" class="number">Of the class</th></tr></thead><tbody>${body.join('\n')}</tbody></table>`
}

function cellSize(classes: number): number {
  return Math.round(10 * Math.max(8.5, Math.min(40, 760 / classes))) / 10
}

function groupLines(order: readonly number[], trainCounts: readonly number[]): number[] {
  return groupSpans(order, trainCounts)
    .slice(1)
    .map(({ start }) => start)
}

function matrixSvg(names: string[], counts: number[][], lines: number[], description: string): string {
  const classes = names.length
  const cell = cellSize(classes)
  const font = Math.min(12, cell * 0.92)
  const letters = Math.min(24, Math.max(...names.map((name) => name.length)))
  const margin = Math.ceil(letters * font * 0.56) + 26
  const side = classes * cell
  const size = Math.ceil(margin + side + 2)
  const rowLabels = names.map((name, row) => label(name, letters, margin - 5, margin + (row + 0.5) * cell, '')).join('')
  const columnLabels = names
    .map((name, column) => {
      const x = margin + (column + 0.5) * cell
      return label(name, letters, x, margin - 5, ` transform="rotate(90 ${round(x)} ${margin - 5})"`)
    })
    .join('')
  const rules = lines
    .map(
      (position) =>
        `M${round(margin + position * cell)} ${margin}v${round(side)}M${margin} ${round(margin + position * cell)}h${round(side)}`,
    )
    .join('')
  return `<svg class="heat" role="img" tabindex="0" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" style="font-size:${round(font)}px" data-margin="${margin}" data-cell="${round(cell)}">
<title>Confusion matrix</title><desc>${escapeHtml(description)}</desc>
<text class="axis" x="${round(margin + side / 2)}" y="11" text-anchor="middle">predicted</text>
<text class="axis" transform="translate(11 ${round(margin + side / 2)}) rotate(-90)" text-anchor="middle">true</text>
<g text-anchor="end" dominant-baseline="central">${rowLabels}${columnLabels}</g>
<g transform="translate(${margin} ${round(margin + cell / 2)}) scale(${round(cell)})">${shadedCells(counts)}</g>
${cell >= 22 ? cellNumbers(counts, cell, margin) : ''}
<path class="rules" d="${rules}"/><rect class="frame" x="${margin}" y="${margin}" width="${round(side)}" height="${round(side)}"/>
<rect class="cursor" width="${round(cell)}" height="${round(cell)}" visibility="hidden"/></svg>`
}

function label(name: string, letters: number, x: number, y: number, transform: string): string {
  const short = name.length > letters ? `${name.slice(0, letters - 1)}…` : name
  const title = short === name ? '' : `<title>${escapeHtml(name)}</title>`
  return `<text x="${round(x)}" y="${round(y)}"${transform}>${escapeHtml(short)}${title}</text>`
}

/** Square-root shading, so that a single confusion in a hundred is still seen. */
function shade(share: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(share) * SHADES))
}

/** Strokes as wide as a cell: a third of the text that rectangles take. */
function shadedCells(counts: number[][]): string {
  const paths = new Map<string, string>()
  for (const [row, values] of counts.entries()) {
    const total = sum(values)
    let column = 0
    while (column < values.length) {
      const key = cellKey(values, row, column, total)
      let end = column + 1
      while (end < values.length && cellKey(values, row, end, total) === key) end++
      if (key !== '') paths.set(key, `${paths.get(key) ?? ''}M${column} ${row}h${end - column}`)
      column = end
    }
  }
  return [...paths].map(([key, path]) => `<path class="${key}" d="${path}"/>`).join('')
}

function cellKey(values: number[], row: number, column: number, total: number): string {
  if (values[column] <= 0) return ''
  return `${row === column ? 'right' : 'wrong'} shade-${shade(values[column] / total)}`
}

function cellNumbers(counts: number[][], cell: number, margin: number): string {
  const texts = counts.flatMap((values, row) => {
    const total = sum(values)
    return values.map((value, column) => {
      if (value <= 0) return ''
      const strong = shade(value / total) > 6 ? ' class="on-dark"' : ''
      return `<text${strong} x="${round(margin + (column + 0.5) * cell)}" y="${round(margin + (row + 0.5) * cell)}">${value}</text>`
    })
  })
  return `<g class="counts" text-anchor="middle" dominant-baseline="central">${texts.join('')}</g>`
}

function round(value: number): string {
  return String(Number(value.toFixed(2)))
}
