import { ABSENT, differenceWithInterval, percent, percentInterval, probabilityValue } from './report/format.ts'
import type { ReportResult, RunDifference } from './report/report-data.ts'
import type { SeedGroup } from './statistics/seed-groups.ts'
import type { StudentInterval } from './statistics/student-interval.ts'
import { printable, textTable, withoutEmptyColumns } from './text-table.ts'

/**
 * Runs, the paired tests against the first of them, and repetitions with other seeds, as text for the terminal. Ends
 * without a newline.
 */
export function renderComparison(
  runs: readonly { readonly name: string; readonly result: ReportResult }[],
  tests: readonly RunDifference[],
  seeds: readonly SeedGroup[],
): string {
  const heads = ['run', 'top-1', 'top-5', 'class mean', 'many', 'medium', 'few']
  const rows = runs.map(({ name, result: { top1, top5, meanClass, many, medium, few } }) => [
    name,
    ...[top1, top5, meanClass, many, medium, few].map((value) => percent(value)),
  ])
  return [
    ...textTable(withoutEmptyColumns([heads, ...rows], ABSENT)),
    '',
    printable(`Against ${runs[0].name}, on the same clips: percentage points, 95% interval, p of a paired bootstrap;`),
    'clips that only one of the two recognises, p of McNemar (with Holm: of all these comparisons)',
    '',
    ...textTable([
      ['run', 'top-1', 'p', 'class mean', 'p', 'won', 'lost', 'McNemar p', 'with Holm'],
      ...tests.map(testCells),
    ]),
    ...seeds.flatMap((group) => ['', ...seedLines(group)]),
  ].join('\n')
}

function testCells({ run, top1, meanClass, won, lost, mcNemar, mcNemarHolm }: RunDifference): string[] {
  return [
    run,
    differenceWithInterval(top1),
    probabilityValue(top1.pValue),
    differenceWithInterval(meanClass),
    probabilityValue(meanClass.pValue),
    String(won),
    String(lost),
    probabilityValue(mcNemar),
    probabilityValue(mcNemarHolm),
  ]
}

function seedLines({ runs, top1, meanClass }: SeedGroup): string[] {
  return [
    printable(`${runs.join(', ')}: ${runs.length} seeds of the same run, mean and 95% interval (t)`),
    `  top-1 ${meanText(top1)}, class mean ${meanText(meanClass)}`,
  ]
}

function meanText({ mean, low, high }: StudentInterval): string {
  return `${percent(mean)} (${percentInterval([low, high])})`
}
