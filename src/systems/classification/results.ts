import { accuraciesOf } from '../../evaluate/evaluation.ts'
import type { HardClip, ReportResult } from '../../evaluate/report/report-data.ts'
import { predictions, type Scores } from '../../evaluate/scores/scores.ts'
import type { ClassificationProblem } from './problem.ts'

/** Accuracies of test scores. */
export function resultOf(scores: Scores, { dataset, test, trainCounts }: ClassificationProblem): ReportResult {
  const labels = Int32Array.from(test, (index) => dataset.entries[index].label)
  return accuraciesOf(scores, labels, trainCounts)
}

/** The test clips with the highest loss, the most confident mistakes first. */
export function hardestClips(scores: Scores, { dataset, test }: ClassificationProblem, count = 8): HardClip[] {
  const predicted = predictions(scores)
  const { data, classes } = scores
  return test
    .map((index, n) => {
      const label = dataset.entries[index].label
      const labelProbability = data[n * classes + label]
      return { index, n, label, labelProbability, loss: -Math.log(Math.max(labelProbability, 1e-12)) }
    })
    .sort((a, b) => b.loss - a.loss)
    .slice(0, count)
    .map(({ index, n, label, labelProbability, loss }) => ({
      id: dataset.entries[index].id,
      label,
      predicted: predicted[n],
      probability: data[n * classes + predicted[n]],
      labelProbability,
      loss,
      points: dataset.clip(index).points,
    }))
}
