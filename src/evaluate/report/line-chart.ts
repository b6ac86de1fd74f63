import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { escapeHtml } from '../drawing/escape.ts'
import { percent, real } from './format.ts'
import type { Appearance } from './series.ts'

/** One line; it is interrupted where the phase changes. */
export interface Curve {
  name: string
  look: Appearance
  points: { x: number; y: number; phase: string }[]
}

/** One chart. */
export interface Panel {
  title: string
  kind: 'loss' | 'accuracy' | 'rate'
  curves: Curve[]
}

/** Where a phase begins. */
export interface PhaseStart {
  x: number
  name: string
}

/** A line chart as inline SVG; every point of a short history has its value as a title. At least one curve must have points. */
export function lineChart(
  { title, kind, curves }: Panel,
  phases: readonly PhaseStart[],
  size: { width: number; height: number },
  description: string,
): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const accuracy = kind === 'accuracy'
  const show = accuracy ? percent : real
  const all = curves.flatMap((one) => one.points)
  const highest = Math.max(...all.map((point) => point.y))
  const lowest = Math.min(...all.map((point) => point.y))
  const dotted = all.length <= 600
  const from = Math.min(...all.map((point) => point.x))
  const to = Math.max(...all.map((point) => point.x))
  const element = Plot.plot({
    document: document as unknown as Document,
    className: 'chart',
    width: size.width,
    height: size.height,
    marginLeft: 42,
    marginRight: 12,
    marginTop: phases.length > 1 ? 22 : 10,
    marginBottom: 34,
    x: {
      label: 'epoch',
      labelArrow: 'none',
      ticks: wholeTicks(from, to),
      tickFormat: String,
      tickSize: 0,
      domain: from === to ? [from - 1, to + 1] : [from, to],
    },
    y: {
      label: null,
      grid: true,
      ticks: 5,
      tickSize: 0,
      domain: accuracy ? [0, 1] : [Math.min(0, lowest), highest > 0 ? highest : 1],
      nice: !accuracy,
      tickFormat: accuracy ? (value: number) => percent(value, 0) : (value: number) => real(value),
    },
    marks: [
      Plot.ruleX(phases.slice(1), { x: 'x', stroke: 'var(--rule)' }),
      phases.length > 1
        ? Plot.text(phases, {
            x: 'x',
            text: 'name',
            frameAnchor: 'top',
            textAnchor: 'start',
            dx: 3,
            dy: -14,
            fill: 'var(--muted)',
          })
        : null,
      ...curves.map((one) =>
        Plot.line(one.points, {
          x: 'x',
          y: 'y',
          z: 'phase',
          stroke: one.look.colour,
          strokeWidth: 1.75,
          strokeDasharray: one.look.dash,
          curve: kind === 'rate' ? 'step-after' : 'linear',
        }),
      ),
      ...curves.map((one) =>
        Plot.dot(dotted ? one.points : one.points.slice(-1), {
          x: 'x',
          y: 'y',
          r: 5,
          fill: one.look.colour,
          fillOpacity: 0,
          title: (point: Curve['points'][number]) =>
            `${one.name ? `${one.name}, ` : ''}epoch ${point.x}: ${show(point.y)}`,
        }),
      ),
    ],
  })
  return accessible((element as unknown as { outerHTML: string }).outerHTML, title, description)
}

function wholeTicks(from: number, to: number): number[] {
  const steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000]
  const step = steps.find((one) => (to - from) / one <= 8) ?? (to - from) / 5
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step)
}

/** Names the image for screen readers and drops the namespace declarations, which HTML does not need. */
function accessible(svg: string, title: string, description: string): string {
  return svg
    .replace(/\sxmlns(:\w+)?="[^"]*"/g, '')
    .replace(
      /^<svg([^>]*)>/,
      (_, attributes: string) =>
        `<svg${attributes} role="img"><title>${title}</title><desc>${escapeHtml(description)}</desc>`,
    )
}
