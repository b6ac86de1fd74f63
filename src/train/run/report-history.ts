import type { ReportEpoch } from '../../evaluate/report/report-data.ts'
import type { MetricsRecord } from './metrics-log.ts'

/** The lines of a run's metrics as the report shows them. */
export function reportHistory(metrics: readonly MetricsRecord[]): ReportEpoch[] {
  return metrics.map((line) => ({
    epoch: line.epoch ?? 0,
    phase: line.phase,
    learningRate: numberOf(line.learningRate),
    trainLoss: numberOf(line.loss),
    trainTop1: numberOf(line['top-1']),
    testLoss: numberOf(line['test-loss']),
    testTop1: numberOf(line['top-1-test']),
  }))
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
