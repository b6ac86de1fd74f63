import { OssatureError } from '../src/errors.ts'
import type { Measurement } from './interleave.ts'

/** Figures of one side; null where the system does not tell. */
export interface Figures {
  readonly min_ms: number
  readonly median_ms: number
  readonly peak_mib: number | null
}

export interface Report extends Figures {
  readonly network: string
  readonly clips: number
  readonly peer?: Figures
  /** Ours divided by the peer's: below 1 is faster, or smaller. */
  readonly ratio?: Figures
  /** The peer through torch.compile. */
  readonly compiled?: Figures
  readonly compiledRatio?: Figures
}

/** Puts the figures of our side, and of PyTorch eager and compiled if they are there, together. */
export function report(
  network: string,
  clips: number,
  ours: Measurement,
  peer?: Measurement,
  compiled?: Measurement,
): Report {
  const own = figures(ours)
  return {
    network,
    clips,
    ...rounded(own),
    ...(peer && { peer: rounded(figures(peer)), ratio: ratioOf(own, figures(peer)) }),
    ...(compiled && { compiled: rounded(figures(compiled)), compiledRatio: ratioOf(own, figures(compiled)) }),
  }
}

function ratioOf(own: Figures, other: Figures): Figures {
  const ratio: Figures = {
    min_ms: own.min_ms / other.min_ms,
    median_ms: own.median_ms / other.median_ms,
    peak_mib: own.peak_mib === null || other.peak_mib === null ? null : own.peak_mib / other.peak_mib,
  }
  return rounded(ratio, 1000)
}

/**
 * Throws when the two sides did not compute the same. Both start from equal weights and clips, so the first loss
 * (forward) is equal to rounding; how far it moves in the next two steps (gradients, momentum) is compared to a tenth,
 * because ReLUs that flip at rounding level change the path.
 */
export function requireEqualLosses(ours: Measurement, peer: Measurement): void {
  const rounding = 1e-4 * Math.abs(peer.losses[0])
  for (let step = 0; step < Math.min(3, ours.losses.length, peer.losses.length); step++) {
    const difference =
      step === 0 ? ours.losses[0] - peer.losses[0] : moved(ours.losses, step) - moved(peer.losses, step)
    if (Math.abs(difference) <= rounding + 0.1 * Math.abs(moved(peer.losses, step))) continue
    const losses = (values: readonly number[]): string => values.slice(0, step + 1).join(', ')
    throw new OssatureError('the two sides do not compute the same, so their times cannot be compared', {
      where: `loss of step ${step + 1}`,
      expected: `${losses(peer.losses)} (${peer.label})`,
      found: `${losses(ours.losses)} (${ours.label})`,
      hint: 'Weights, clips and labels are filled by name on both sides; bench/setting.ts lists the names.',
    })
  }
}

function moved(losses: readonly number[], step: number): number {
  return losses[step] - losses[0]
}

/** The report as lines of text. */
export function toText(result: Report): string {
  const row = (name: string, { min_ms, median_ms, peak_mib }: Figures): string =>
    [name.padEnd(10), ...[min_ms, median_ms, peak_mib].map((value) => String(value ?? '-').padStart(12))].join('')
  const lines = [
    `${result.network}, ${result.clips} ${result.clips === 1 ? 'clip' : 'clips'}`,
    ['side'.padEnd(10), ...['min_ms', 'median_ms', 'peak_mib'].map((name) => name.padStart(12))].join(''),
    row('ours', result),
  ]
  if (result.peer && result.ratio) lines.push(row('peer', result.peer), row('ratio', result.ratio))
  if (result.compiled && result.compiledRatio)
    lines.push(row('compiled', result.compiled), row('ratio', result.compiledRatio))
  return lines.join('\n')
}

/** Minimum and median of the counted steps. */
export function figures({ milliseconds, peakMib }: Measurement): Figures {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { min_ms: sorted[0], median_ms: median, peak_mib: peakMib }
}

function rounded({ min_ms, median_ms, peak_mib }: Figures, digits = 100): Figures {
  const round = (value: number): number => Math.round(value * digits) / digits
  return { min_ms: round(min_ms), median_ms: round(median_ms), peak_mib: peak_mib === null ? null : round(peak_mib) }
}
