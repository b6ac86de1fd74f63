import { type Comparison, compare } from './compare.ts'
import type { Report } from './report.ts'
import type { StepSizes } from './setting.ts'

const NETWORKS = ['stgcn', 'aagcn', 'msg3d', 'ctrgcn', 'stgcnpp']
const MODES: readonly StepSizes['mode'][] = ['train', 'inference']

export interface TableRow extends Report {
  readonly mode: StepSizes['mode']
}

/** Ratios to PyTorch over all networks, by mode; absent where nothing was compared. */
export interface Table {
  readonly rows: readonly TableRow[]
  readonly geometricMeans: readonly { mode: StepSizes['mode']; min_ms: number; median_ms: number }[]
}

/** Every network in both modes; `said` hears each row as soon as it is there. */
export async function measureTable(
  comparison: Omit<Comparison, 'mode'>,
  said: (row: TableRow) => void,
): Promise<Table> {
  const rows: TableRow[] = []
  for (const mode of MODES) {
    for (const network of NETWORKS) {
      const row = { mode, ...(await compare(network, { ...comparison, mode })) }
      rows.push(row)
      said(row)
    }
  }
  const geometricMeans = MODES.flatMap((mode) => {
    const ratios = rows.flatMap((row) => (row.mode === mode && row.ratio ? [row.ratio] : []))
    if (ratios.length < NETWORKS.length) return []
    const [min_ms, median_ms] = [
      geometricMean(ratios.map((r) => r.min_ms)),
      geometricMean(ratios.map((r) => r.median_ms)),
    ]
    return [{ mode, min_ms, median_ms }]
  })
  return { rows, geometricMeans }
}

function geometricMean(values: readonly number[]): number {
  const logarithm = values.reduce((total, value) => total + Math.log(value), 0) / values.length
  return Math.round(Math.exp(logarithm) * 1000) / 1000
}

/** The table as Markdown, ready for a README. */
export function tableToText({ rows, geometricMeans }: Table): string {
  const lines = [
    '| step | network | ours, min / median ms | PyTorch eager | ratio | torch.compile | ratio | peak MiB, ours / eager |',
    '|---|---|---|---|---|---|---|---|',
  ]
  for (const { mode, network, min_ms, median_ms, peak_mib, peer, ratio, compiled, compiledRatio } of rows) {
    const pair = (figures?: { min_ms: number; median_ms: number }) =>
      figures ? `${figures.min_ms} / ${figures.median_ms}` : '-'
    const memory = `${peak_mib ?? '-'} / ${peer?.peak_mib ?? '-'}`
    const cells = [
      mode,
      network,
      `${min_ms} / ${median_ms}`,
      pair(peer),
      pair(ratio),
      pair(compiled),
      pair(compiledRatio),
    ]
    lines.push(`| ${[...cells, memory].join(' | ')} |`)
  }
  for (const { mode, min_ms, median_ms } of geometricMeans)
    lines.push(`| ${mode} | geometric mean | | | ${min_ms} / ${median_ms} | | | |`)
  return lines.join('\n')
}
