import type { RandomStream } from '../random/stream.ts'
import { meanAveragePrecision } from './metrics/average-precision.ts'
import { type Calibration, calibration } from './metrics/calibration.ts'
import { balancedAccuracy, classAccuracies, confusionMatrix, topAccuracies } from './metrics/metrics.ts'
import { type GroupAccuracies, groupAccuracies, groupsByThirds, groupsByTrainingCount } from './metrics/shots.ts'
import type { ReportResult } from './report/report-data.ts'
import type { ScoreFile } from './scores/score-file.ts'
import { predictions, type Scores } from './scores/scores.ts'
import { type BootstrapSettings, bootstrap, type Estimate, rightShares } from './statistics/bootstrap.ts'
import { wilsonInterval } from './statistics/wilson.ts'

/**
 * Accuracies of scores: of all classes, of groups of classes, per class, and the confusion matrix. Of equal scores
 * the lower class ranks first in all of them (`predictions`).
 * @param trainCounts training clips per class; without them there are no groups
 * @throws OssatureError when labels and scores do not fit each other or there are no samples
 */
export function accuraciesOf(
  scores: Scores,
  labels: ArrayLike<number>,
  trainCounts: readonly number[] | undefined,
): ReportResult {
  const classes = Array.from({ length: scores.classes }, (_, label) => label)
  const confusion = confusionMatrix(predictions(scores), labels, classes)
  const perClass = classAccuracies(confusion)
  const [top1, top5] = topAccuracies(scores, labels, [1, Math.min(5, scores.classes)])
  const none: GroupAccuracies = { many: null, medium: null, few: null }
  return {
    top1,
    top5: scores.classes > 5 ? top5 : null,
    meanClass: balancedAccuracy(confusion) ?? Number.NaN,
    ...(trainCounts ? groupAccuracies(perClass, groupsByTrainingCount(trainCounts)) : none),
    thirds: trainCounts ? groupAccuracies(perClass, groupsByThirds(trainCounts)) : { ...none },
    perClass,
    confusion,
  }
}

/** All that a run's scores say about it. Accuracies and errors are in [0, 1], intervals at 95%. */
export interface Evaluation extends ReportResult {
  readonly clips: number
  /** Wilson's intervals of the shares of right clips. */
  readonly intervals: {
    readonly top1: readonly [low: number, high: number]
    readonly top5: readonly [low: number, high: number] | null
    /** Per class; null for a class without test clips. */
    readonly perClass: readonly (readonly [low: number, high: number] | null)[]
  }
  /** The same by resampling the clips. */
  readonly bootstrap: { readonly top1: Estimate; readonly meanClass: Estimate }
  /** Over the classes that have test clips, each against the rest. */
  readonly meanAveragePrecision: number
  readonly calibration: Calibration
}

/**
 * All measures of one score file, with their intervals.
 * @param stream what the resampling draws from
 * @throws OssatureError for settings that no bootstrap has
 */
export function evaluateScoreFile(
  { probabilities, labels, trainCounts }: ScoreFile,
  stream: RandomStream,
  settings: BootstrapSettings = {},
): Evaluation {
  const { samples, classes } = probabilities
  const result = accuraciesOf(probabilities, labels, trainCounts)
  const shares = rightShares(rightClips(probabilities, labels), labels, classes)
  const [top1, meanClass] = bootstrap(samples, shares, stream, settings)
  const perClass = result.confusion.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return total > 0 ? wilsonInterval(row[label] / total, total) : null
  })
  const intervals = {
    top1: wilsonInterval(result.top1, samples),
    top5: result.top5 === null ? null : wilsonInterval(result.top5, samples),
    perClass,
  }
  const targets = new Uint8Array(samples * classes)
  for (let n = 0; n < samples; n++) targets[n * classes + labels[n]] = 1
  return {
    ...result,
    clips: samples,
    intervals,
    bootstrap: { top1, meanClass },
    meanAveragePrecision: meanAveragePrecision(probabilities, targets),
    calibration: calibration(probabilities, labels),
  }
}

/** 1 where the prediction is the label, 0 elsewhere, by clip. */
export function rightClips(scores: Scores, labels: ArrayLike<number>): Uint8Array {
  const predicted = predictions(scores)
  return Uint8Array.from(predicted, (label, n) => (label === labels[n] ? 1 : 0))
}
