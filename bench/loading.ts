import { interleave, type Measurement } from './interleave.ts'
import { type Figures, figures, requireEqualLosses } from './report.ts'
import { type Loading, type LoadingSizes, toArguments } from './setting.ts'
import type { Side } from './side.ts'
import { type PeerOptions, peerPython, startOurs, startPeer } from './sides.ts'

export interface LoadingComparison
  extends Omit<LoadingSizes, 'joints' | 'loading' | 'filling' | 'mode' | 'dropout'>,
    PeerOptions {
  readonly repeats: number
  readonly pause: number
}

/** One way of loading; figures are milliseconds per clip, ratios of them below 1 are faster. */
export interface LoadingRow extends Figures {
  readonly network: string
  readonly side: string
  readonly loading: Loading
  /** Clips per second at the median. */
  readonly clips_per_s: number
  /** Time divided by that of the same side without loading. */
  readonly toFixed?: Ratio
  /** Time divided by that of the fastest PyTorch. */
  readonly toPeer?: Ratio
}

type Ratio = Omit<Figures, 'peak_mib'>

const OURS: readonly Loading[] = ['fixed', 0, 1, 2]
const PEERS: readonly Loading[] = [0, 2]

/** More steps than batches are made ahead: two and the next here, two of each process in PyTorch. */
const FILLING = 5

/** Times training with its loading here, with several numbers of loading threads, and in PyTorch, in turn. */
export async function compareLoading(network: string, comparison: LoadingComparison): Promise<LoadingRow[]> {
  const { repeats, pause, peer, python: named, ...given } = comparison
  const python = await peerPython({ peer, python: named })
  const sizes = { ...given, joints: 25, filling: FILLING, mode: 'train', dropout: false } as const
  const parameters = (loading: Loading) => toArguments(network, { ...sizes, loading })
  const ways = [
    ...OURS.map((loading) => ({ side: 'ours', loading })),
    ...(python ? PEERS.map((loading) => ({ side: `PyTorch ${python.torchVersion}`, loading })) : []),
  ]
  const sides: Side[] = []
  try {
    for (const { side, loading } of ways) {
      const label = `${side}, loading ${loading}`
      const own = side === 'ours' || !python
      sides.push(await (own ? startOurs(label, parameters(loading)) : startPeer(label, python, parameters(loading))))
    }
    const measurements = await interleave(sides, { repeats, warmUp: 1, pauseMs: pause })
    for (const other of measurements.slice(1)) requireEqualLosses(measurements[0], other)
    return rowsOf(network, ways, measurements)
  } finally {
    for (const side of sides) side.stop()
  }
}

function rowsOf(
  network: string,
  ways: readonly { readonly side: string; readonly loading: Loading }[],
  measurements: readonly Measurement[],
): LoadingRow[] {
  const measured = ways.map((way, i) => ({ ...way, ...figures(measurements[i]) }))
  const fixed = measured.find(({ side, loading }) => side === 'ours' && loading === 'fixed')!
  const peers = measured.filter(({ side }) => side !== 'ours')
  const fastest: Ratio = {
    min_ms: Math.min(...peers.map(({ min_ms }) => min_ms)),
    median_ms: Math.min(...peers.map(({ median_ms }) => median_ms)),
  }
  return measured.map(({ side, loading, min_ms, median_ms, peak_mib }) => ({
    network,
    side,
    loading,
    clips_per_s: rounded(1000 / median_ms, 10),
    min_ms: rounded(min_ms, 100),
    median_ms: rounded(median_ms, 100),
    peak_mib: peak_mib === null ? null : rounded(peak_mib, 100),
    ...(side === 'ours' && loading !== 'fixed' && { toFixed: ratio({ min_ms, median_ms }, fixed) }),
    ...(side === 'ours' && peers.length > 0 && { toPeer: ratio({ min_ms, median_ms }, fastest) }),
  }))
}

function ratio(own: Ratio, other: Ratio): Ratio {
  return {
    min_ms: rounded(own.min_ms / other.min_ms, 1000),
    median_ms: rounded(own.median_ms / other.median_ms, 1000),
  }
}

const rounded = (value: number, parts: number): number => Math.round(value * parts) / parts

/** The rows as Markdown, ready for a README. */
export function loadingText(rows: readonly LoadingRow[]): string {
  const pair = (values?: Ratio) => (values ? `${values.min_ms} / ${values.median_ms}` : '-')
  const lines = rows.map(({ network, side, loading, clips_per_s, peak_mib, toFixed, toPeer, ...times }) => [
    ...[network, side, String(loading), String(clips_per_s), pair(times), pair(toFixed), pair(toPeer)],
    String(peak_mib ?? '-'),
  ])
  const head = [
    ...['network', 'side', 'loading', 'clips/s', 'ms per clip, min / median', 'to fixed', 'to the fastest PyTorch'],
    'peak MiB',
  ]
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
