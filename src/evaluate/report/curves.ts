import { escapeHtml } from '../drawing/escape.ts'
import { isNumber, percent, real } from './format.ts'
import { type Curve, lineChart, type Panel, type PhaseStart } from './line-chart.ts'
import type { ReportEpoch, ReportRun } from './report-data.ts'
import { type Appearance, appearance } from './series.ts'

/** The training curves of all runs as figures with one chart each; empty when no run has a history. */
export function curveFigures(runs: readonly ReportRun[]): string {
  const panels = (runs.length === 1 ? singlePanels(runs[0]) : sharedPanels(runs)).filter((panel) =>
    panel.curves.some((curve) => curve.points.length > 0),
  )
  if (panels.length === 0) return ''
  const figures = panels.map((panel) => figure(panel, runs)).join('\n')
  const legend = runs.length > 1 ? legendOf(panels[0].curves) : ''
  return `${legend}<div class="panels ${runs.length === 1 ? 'three' : 'two'}">${figures}</div>`
}

function singlePanels(run: ReportRun): Panel[] {
  const [train, test] = [appearance(0), appearance(1)]
  return [
    {
      title: 'Loss',
      kind: 'loss',
      curves: [
        curve('training', train, run, (epoch) => epoch.trainLoss),
        curve('test', test, run, (epoch) => epoch.testLoss),
      ],
    },
    {
      title: 'Top-1 accuracy',
      kind: 'accuracy',
      curves: [
        curve('training', train, run, (epoch) => epoch.trainTop1),
        curve('test', test, run, (epoch) => epoch.testTop1),
      ],
    },
    { title: 'Learning rate', kind: 'rate', curves: [curve('', train, run, (epoch) => epoch.learningRate)] },
  ]
}

function sharedPanels(runs: readonly ReportRun[]): Panel[] {
  const each = (pick: (epoch: ReportEpoch) => number | null | undefined) =>
    runs.map((run, index) => curve(run.name, appearance(index), run, pick))
  return [
    { title: 'Training loss', kind: 'loss', curves: each((epoch) => epoch.trainLoss) },
    { title: 'Learning rate', kind: 'rate', curves: each((epoch) => epoch.learningRate) },
    { title: 'Training top-1 accuracy', kind: 'accuracy', curves: each((epoch) => epoch.trainTop1) },
    { title: 'Test top-1 accuracy', kind: 'accuracy', curves: each((epoch) => epoch.testTop1) },
  ]
}

/** Phases that count their epochs anew are put one after the other. */
function curve(
  name: string,
  look: Appearance,
  run: ReportRun,
  pick: (epoch: ReportEpoch) => number | null | undefined,
): Curve {
  const points: Curve['points'] = []
  for (const { x, phase, epoch } of onOneAxis(run.history)) {
    const y = pick(epoch)
    if (isNumber(y)) points.push({ x, y, phase })
  }
  return { name, look, points }
}

function onOneAxis(history: readonly ReportEpoch[]): { x: number; phase: string; epoch: ReportEpoch }[] {
  let offset = 0
  return history.map((epoch, index) => {
    const before = history[index - 1]
    if (before && before.phase !== epoch.phase && epoch.epoch <= before.epoch) offset += before.epoch
    return { x: offset + epoch.epoch, phase: epoch.phase ?? '', epoch }
  })
}

function figure(panel: Panel, runs: readonly ReportRun[]): string {
  const drawn = panel.curves.filter((one) => one.points.length > 0)
  const legend = runs.length === 1 && drawn.length > 1 ? legendOf(drawn) : ''
  const size = runs.length === 1 ? { width: 380, height: 240 } : { width: 554, height: 260 }
  const svg = lineChart({ ...panel, curves: drawn }, phaseStarts(runs), size, describe(panel, drawn))
  return `<figure><figcaption><b>${panel.title}</b>${legend}</figcaption>${svg}</figure>`
}

function legendOf(curves: readonly Curve[]): string {
  const entries = curves.map(
    ({ name, look }) =>
      `<span class="run"><svg class="line" viewBox="0 0 22 10" aria-hidden="true"><path d="M0 5h22" style="stroke:${look.colour};stroke-dasharray:${look.dash}"/></svg>${escapeHtml(name)}</span>`,
  )
  return `<div class="legend">${entries.join('')}</div>`
}

/** Where a phase begins, shown for a single run only: several runs need not share their phases. */
function phaseStarts(runs: readonly ReportRun[]): PhaseStart[] {
  if (runs.length > 1) return []
  const epochs = onOneAxis(runs[0].history)
  return epochs
    .filter(({ phase }, index) => phase !== '' && phase !== epochs[index - 1]?.phase)
    .map(({ x, phase }) => ({ x, name: phase }))
}

function describe(panel: Panel, curves: readonly Curve[]): string {
  const show = panel.kind === 'accuracy' ? percent : real
  const sentences = curves.map(({ name, points }) => {
    const values = points.map((point) => point.y)
    const best =
      panel.kind === 'accuracy' ? `highest ${show(Math.max(...values))}` : `lowest ${show(Math.min(...values))}`
    const range = `from ${show(values[0])} at epoch ${points[0].x} to ${show(values.at(-1))} at epoch ${points.at(-1)?.x}`
    return `${name ? `${name}: ` : ''}${range}, ${best}.`
  })
  return sentences.join(' ')
}
