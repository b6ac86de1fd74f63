import { escapeHtml } from '../drawing/escape.ts'
import { type GroupSpan, groupSpans, orderByCount } from '../metrics/class-order.ts'
import { count, counted, isNumber, percent } from './format.ts'
import type { ReportRun } from './report-data.ts'
import { appearance, symbolMark } from './series.ts'

const LEFT = 46
const RIGHT = 8
const WIDTH = 1144
// Two lines of text above: what the bars are, and below it the groups of classes.
const COUNTS = { top: 42, height: 84 }
const ACCURACY = { top: 166, height: 190 }
const BOTTOM = ACCURACY.top + ACCURACY.height

/** A run and its position among all runs of the page, which decides its colour. */
export interface ChartRun {
  run: ReportRun
  index: number
}

/**
 * Training clips and accuracy of every class, classes sorted by training clips: bars for one run, one mark per run for several.
 * All runs must have the data set of the first.
 */
export function classChart(runs: readonly ChartRun[]): string {
  const { dataset } = runs[0].run
  const order = orderByCount(dataset.trainCounts)
  const overhang = order.length <= 36 ? 90 : RIGHT
  const column = Math.max(8.5, Math.min(104, (WIDTH - LEFT - overhang) / order.length))
  const font = Math.min(12, column * 0.95)
  const letters = Math.min(26, Math.max(...dataset.classes.map((name) => name.length)))
  const slanted = order.length <= 36
  const labels = Math.ceil(letters * font * (slanted ? 0.36 : 0.57)) + (slanted ? 22 : 14)
  const width = Math.max(320, Math.ceil(LEFT + order.length * column + overhang))
  const height = BOTTOM + labels
  const largest = Math.max(1, ...dataset.trainCounts)
  const spans = groupSpans(order, dataset.trainCounts)
  const parts = [
    axes(width, largest, order.length * column),
    order.map((index, position) => classMarks(index, LEFT + position * column, column, largest, runs)).join('\n'),
    spans.map((span, index) => spanMarks(span, index > 0, column, runs)).join(''),
    order
      .map((index, position) => className(dataset.classes[index], letters, LEFT + (position + 0.5) * column, slanted))
      .join(''),
  ]
  return `<div class="scroll" role="region" aria-label="Accuracy per class" tabindex="0"><svg class="classes" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" style="font-size:${font.toFixed(1)}px">
<title>Training clips and accuracy per class</title><desc>${escapeHtml(describe(runs, order))}</desc>
${parts.join('\n')}
</svg></div>`
}

function describe(runs: readonly ChartRun[], order: readonly number[]): string {
  const { dataset } = runs[0].run
  const [most, fewest] = [order[0], order.at(-1) ?? 0]
  const ends = `From ${dataset.classes[most]} with ${counted(dataset.trainCounts[most], 'training clip')} to ${dataset.classes[fewest]} with ${dataset.trainCounts[fewest]}.`
  return `${ends} The table that follows has every value.`
}

function axes(width: number, largest: number, span: number): string {
  const right = LEFT + span
  const lines = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const y = ACCURACY.top + ACCURACY.height * (1 - share)
    return `<path class="grid" d="M${LEFT} ${y}H${right.toFixed(1)}"/><text class="tick" x="${LEFT - 6}" y="${y}">${percent(share, 0)}</text>`
  })
  const base = COUNTS.top + COUNTS.height
  return `<g text-anchor="end" dominant-baseline="central">${lines.join('')}
<path class="grid" d="M${LEFT} ${base}H${right.toFixed(1)}"/><text class="tick" x="${LEFT - 6}" y="${base}">0</text>
<text class="tick" x="${LEFT - 6}" y="${COUNTS.top}">${count(largest)}</text></g>
<text class="tick title" x="0" y="10">training clips</text><text class="tick title" x="0" y="${ACCURACY.top - 10}">accuracy</text>
<rect x="0" y="0" width="${width}" height="1" fill="none"/>`
}

function spanMarks(
  { group, start, end }: GroupSpan,
  divided: boolean,
  column: number,
  runs: readonly ChartRun[],
): string {
  const left = LEFT + start * column
  const right = LEFT + end * column
  const divider = divided ? `<path class="divider" d="M${left.toFixed(1)} ${COUNTS.top - 12}V${BOTTOM}"/>` : ''
  const means = runs
    .filter(({ run }) => isNumber(run.result[group]))
    .map(({ run, index }) => {
      const y = ACCURACY.top + ACCURACY.height * (1 - (run.result[group] ?? 0))
      const colour = runs.length > 1 ? appearance(index).colour : 'var(--ink)'
      return `<path class="mean" style="stroke:${colour}" d="M${left.toFixed(1)} ${y.toFixed(1)}H${right.toFixed(1)}"><title>${escapeHtml(run.name)}, ${group}: ${percent(run.result[group])}</title></path>`
    })
  const value = runs.length === 1 && isNumber(runs[0].run.result[group]) ? ` ${percent(runs[0].run.result[group])}` : ''
  return `${divider}${means.join('')}<text class="tick group" x="${((left + right) / 2).toFixed(1)}" y="${COUNTS.top - 14}" text-anchor="middle">${group}${value}</text>`
}

function classMarks(index: number, left: number, column: number, largest: number, runs: readonly ChartRun[]): string {
  const { dataset } = runs[0].run
  const gap = Math.min(6, column * 0.16)
  const [x, width] = [left + gap, column - 2 * gap]
  const clips = dataset.trainCounts[index]
  const tall = (clips / largest) * COUNTS.height
  const marks = runs.map(({ run, index: position }) => {
    const accuracy = run.result.perClass[index]
    if (!isNumber(accuracy)) return ''
    const high = accuracy * ACCURACY.height
    if (runs.length === 1) {
      return `<rect class="accuracy" x="${x.toFixed(1)}" y="${(BOTTOM - high).toFixed(1)}" width="${width.toFixed(1)}" height="${high.toFixed(1)}"/>`
    }
    return symbolMark(appearance(position), left + column / 2, BOTTOM - high)
  })
  const values = runs.map(({ run }) => `${runs.length > 1 ? `${run.name} ` : ''}${percent(run.result.perClass[index])}`)
  const title = `${dataset.classes[index]}: ${counted(clips, 'training clip')}, ${counted(dataset.testCounts[index], 'test clip')}; ${values.join(', ')}`
  return `<g><title>${escapeHtml(title)}</title><rect class="hit" x="${left.toFixed(1)}" y="${COUNTS.top}" width="${column.toFixed(1)}" height="${BOTTOM - COUNTS.top}"/><rect class="count" x="${x.toFixed(1)}" y="${(COUNTS.top + COUNTS.height - tall).toFixed(1)}" width="${width.toFixed(1)}" height="${tall.toFixed(1)}"/>${marks.join('')}</g>`
}

function className(name: string, letters: number, x: number, slanted: boolean): string {
  const short = name.length > letters ? `${name.slice(0, letters - 1)}…` : name
  const y = BOTTOM + 8
  const turn = slanted
    ? `text-anchor="start" transform="rotate(35 ${x.toFixed(1)} ${y})" dy="0.4em"`
    : `text-anchor="start" dominant-baseline="central" transform="rotate(90 ${x.toFixed(1)} ${y})"`
  return `<text x="${x.toFixed(1)}" y="${y}" ${turn}>${escapeHtml(short)}</text>`
}
