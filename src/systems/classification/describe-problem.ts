import { unknownPerformersNote } from '../../data/checks/performer-findings.ts'
import type { ProblemOptions } from './options.ts'
import type { ClassificationProblem } from './problem.ts'

/** What is trained and tested on, as a line for people; another one where nobody keeps them apart. */
export function describeProblem(
  { dataset, train, test, trainCounts, uncut }: ClassificationProblem,
  { protocol, imbalance, shots, share, counts }: ProblemOptions,
): string {
  const [least, most] = [Math.min(...trainCounts), Math.max(...trainCounts)]
  const each = least === most ? `${least} each` : `${least} to ${most} each`
  const left = uncut === undefined ? 0 : uncut - train.length
  const published = [imbalance, shots, share, counts].every((cut) => cut === undefined)
  const cut = left > 0 ? `, ${left} left out by the cut${published ? ' (imbalance=1 keeps them)' : ''}` : ''
  const line = `${dataset.name}: ${train.length} clips of ${trainCounts.length} classes train (${each})${cut}; ${test.length} test`
  return [line, ...unknownPerformersNote(dataset, protocol)].join('\n')
}
