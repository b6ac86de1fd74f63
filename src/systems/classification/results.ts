import { classAccuracies, confusionMatrix, topAccuracies } from '../../evaluate/metrics.ts'
import type { HardClip, ReportResult } from '../../evaluate/report/report-data.ts'
import { predictions, type Scores } from '../../evaluate/scores.ts'
import { groupAccuracies, groupsByThirds, groupsByTrainingCount } from '../../evaluate/shots.ts'
import type { ClassificationProblem } from './problem.ts'

/** Accuracies of test scores. */
export function resultOf(scores: Scores, { dataset, test, trainCounts }: ClassificationProblem): ReportResult {
  const labels = Int32Array.from(test, (index) => dataset.entries[index].label)
  const confusion = confusionMatrix(predictions(scores), labels, [...dataset.classes.keys()])
  const perClass = classAccuracies(confusion)
  const [top1, top5] = topAccuracies(scores, labels, [1, Math.min(5, scores.classes)])
  const tested = perClass.filter((accuracy) => accuracy !== null)
  return {
    top1,
    top5: scores.classes > 5 ? top5 : null,
    meanClass: tested.reduce((sum, accuracy) => sum + accuracy, 0) / tested.length,
    ...groupAccuracies(perClass, groupsByTrainingCount(trainCounts)),
    thirds: groupAccuracies(perClass, groupsByThirds(trainCounts)),
    perClass,
    confusion,
  }
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
