import type { TrainingPhase } from '../../train/phase.ts'
import type { Progress } from '../../train/progress/progress.ts'
import type { ClassificationPlan } from '../system.ts'
import type { Classifier } from './classifier.ts'

export interface PlanDetails {
  readonly progress: Progress
  /** Samples of each test clip that are averaged, where the sampling is random. Default 1. */
  readonly testClips?: number
  /** Deviations from the publication that hold for this run. */
  readonly notes?: readonly string[]
}

/**
 * The plan of a classifier that is tested and exported as it is after the last phase.
 * @param system its name, for the exported file
 */
export function classificationPlan(
  system: string,
  classifier: Classifier,
  phases: readonly TrainingPhase[],
  { progress, testClips = 1, notes = [] }: PlanDetails,
): ClassificationPlan {
  return {
    phases,
    async score(indices) {
      progress.begin('test', indices.length, 'clips')
      const scores = await classifier.score(indices, testClips, (done) => progress.update(done))
      progress.end()
      return scores
    },
    exportModel: () => classifier.exportModel(system),
    notes,
    release: () => classifier.release(),
  }
}
