import { ABSENT, percent } from '../report/format.ts'
import type { ReportResult } from '../report/report-data.ts'
import { printable, textTable, withoutEmptyColumns } from '../text-table.ts'
import type { FusionOf } from './fusion-presets.ts'

/**
 * Streams with their weights and, in the last line, what they reach together, as text for the terminal. Ends without a
 * newline.
 * @param results of the streams, then of the fusion
 */
export function renderFusion(
  results: readonly { readonly name: string; readonly result: ReportResult }[],
  {
    weights,
    of,
    origin,
    warning,
  }: { readonly weights: readonly number[]; readonly of: FusionOf; readonly origin: string; readonly warning?: string },
): string {
  const heads = ['stream', 'weight', 'top-1', 'top-5', 'class mean', 'many', 'medium', 'few']
  const rows = results.map(({ name, result: { top1, top5, meanClass, many, medium, few } }, index) => [
    name,
    index < weights.length ? String(Number(weights[index].toFixed(4))) : '',
    ...[top1, top5, meanClass, many, medium, few].map((value) => percent(value)),
  ])
  return [
    printable(`Weighted sum of ${of}; weights: ${origin}`),
    '',
    ...textTable(withoutEmptyColumns([heads, ...rows], ABSENT)),
    ...(warning === undefined ? [] : ['', `Warning: ${warning}`]),
  ].join('\n')
}
