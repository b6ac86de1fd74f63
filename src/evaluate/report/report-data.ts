import type { Points } from '../../skeleton/points.ts'
import type { GroupAccuracies } from '../metrics/shots.ts'
import type { DifferenceEstimate } from '../statistics/bootstrap.ts'

/** What a run was trained and tested on. All lists are by class index. */
export interface ReportDataset {
  name: string
  /** Name of the skeleton layout. */
  layout: string
  /** Class names. */
  classes: string[]
  /** Training clips per class. */
  trainCounts: number[]
  /** Test clips per class. */
  testCounts: number[]
  /** Bones as (child, parent) joint indices. */
  bones: [child: number, parent: number][]
  /** True when a program made the clips up; the page then says so at its top. */
  synthetic?: boolean
  /** Direction in which the second coordinate grows: `up` (metres, default) or `down` (pixels). */
  vertical?: 'up' | 'down'
  /** Frame rate of the clips' points, 30 when absent. */
  framesPerSecond?: number
}

/** One line of a run's log. Values that a phase does not have are absent or null. */
export interface ReportEpoch {
  epoch: number
  /** Name of the phase, where a run has several. */
  phase?: string
  learningRate: number | null
  trainLoss: number | null
  /** In [0, 1], as every accuracy of the report. */
  trainTop1?: number | null
  testLoss?: number | null
  testTop1?: number | null
}

/** Results on the test clips: `many`, `medium`, `few` by training counts, and the same for `thirds` of the classes. */
export interface ReportResult extends GroupAccuracies {
  top1: number
  top5: number | null
  /** Mean of the per-class accuracies. */
  meanClass: number
  /** The same accuracies when the classes, sorted by training count, are cut into three equal parts. */
  thirds: GroupAccuracies
  /** Accuracy per class; null for a class without test clips. */
  perClass: (number | null)[]
  /** Test clips per true class (row) and predicted class (column). */
  confusion: number[][]
}

/** A clip that the run got wrong, or right with a high loss. */
export interface HardClip {
  id: string
  /** True class, index. */
  label: number
  /** Predicted class, index. */
  predicted: number
  /** Probability of the predicted class. */
  probability: number
  /** Probability of the true class. */
  labelProbability?: number
  loss: number
  points: Points
}

export interface ReportRun {
  name: string
  system: string
  options: Record<string, unknown>
  environment: Record<string, unknown>
  dataset: ReportDataset
  history: ReportEpoch[]
  result: ReportResult
  hardest: HardClip[]
  /** Deviations from the publication and other remarks, plain text. */
  notes: string[]
}

/** How a run differs from the baseline on the same test clips. */
export interface RunDifference {
  /** Name of the run. */
  run: string
  /** Clips that only this run recognises. */
  won: number
  /** Clips that only the baseline recognises. */
  lost: number
  /** P-value of McNemar's exact test. */
  mcNemar: number
  /** The same, corrected for the number of runs that are compared (Holm). */
  mcNemarHolm: number
  /** In [-1, 1], by a paired bootstrap over clips; intervals at 95%. */
  top1: DifferenceEstimate
  meanClass: DifferenceEstimate
}

/** How several runs relate. */
export interface ReportComparison {
  /** Name of the run that the others are compared with: their differences to it are shown. */
  baseline?: string
  /** What is compared and why, plain text. */
  note?: string
  /** Paired tests of the other runs against the baseline. All runs then have the same classes and test clips. */
  tests?: RunDifference[]
}

/** Everything that the report page and the terminal summary show. Plain data; texts are shown as they are, never as markup. */
export interface ReportData {
  title: string
  runs: ReportRun[]
  comparison?: ReportComparison
}
