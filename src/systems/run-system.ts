import { basename } from 'node:path'
import { countsOf } from '../data/classes/class-counts.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Split } from '../data/splits/splits.ts'
import type { ReportData, ReportRun } from '../evaluate/report/report-data.ts'
import { encodeScoreFile, SCORES } from '../evaluate/scores/score-file.ts'
import type { Scores } from '../evaluate/scores/scores.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { layoutByName } from '../skeleton/layouts/index.ts'
import { readMetrics } from '../train/run/metrics-log.ts'
import { reportHistory } from '../train/run/report-history.ts'
import { MODEL, REPORT, type RunFolder } from '../train/run/run-folder.ts'
import { describeProblem } from './classification/describe-problem.ts'
import { type ClassificationProblem, classificationProblem } from './classification/problem.ts'
import { hardestClips, resultOf } from './classification/results.ts'
import { performRun, type RunSettings } from './perform-run.ts'
import type { System, SystemOptions } from './system.ts'

/** A finished run: where it lies and what it reports. */
export interface FinishedRun {
  readonly folder: string
  readonly report: ReportRun
}

/**
 * Trains a system on a data set, tests it, and leaves a run folder: options, environment, metrics, checkpoints, scores,
 * the network as ONNX and a report page. A run that was interrupted goes on where it stopped.
 * @param split the data set's own division, where it has one
 * @throws OssatureError when the data or options are unfit, before the run folder is touched; when the folder is not a
 *   run or cannot be written; the reason of `settings.signal` once that is aborted
 */
export async function runSystem(
  system: System,
  options: SystemOptions,
  dataset: Dataset,
  settings: RunSettings,
  split?: Split,
): Promise<FinishedRun> {
  const { out, from, progress } = settings
  const problem = classificationProblem(dataset, options, split)
  const recorded = { system: system.name, dataset: dataset.name, ...(from !== undefined && { from }), ...options }
  return performRun(
    settings,
    options,
    recorded,
    (device) => {
      progress.note(describeProblem(problem, options))
      return system.plan(options, problem, { device, progress })
    },
    async ({ plan, run, environment }) => {
      const scores = await plan.score(problem.test)
      writeScores(run, problem, scores)
      writeFileAtomically(run.file(MODEL), await plan.exportModel())
      const report = reportOf(system, recorded, environment, problem, scores, run, plan.notes)
      await writeReport(run.file(REPORT), { title: `${system.name} on ${dataset.name}`, runs: [report] })
      return { folder: out, report }
    },
  )
}

/** Writes a report page. The charts are loaded only here: they take longer to load than a small run takes to start. */
export async function writeReport(path: string, data: ReportData): Promise<void> {
  const { renderReport } = await import('../evaluate/report/index.ts')
  writeFileAtomically(path, renderReport(data))
}

/** Scores per test clip, for evaluation and for fusion with other runs. */
function writeScores(
  run: RunFolder,
  { dataset, test, trainCounts }: ClassificationProblem,
  probabilities: Scores,
): void {
  const bytes = encodeScoreFile({
    probabilities,
    labels: Int32Array.from(test, (index) => dataset.entries[index].label),
    ids: test.map((index) => dataset.entries[index].id),
    classes: dataset.classes,
    trainCounts,
    dataset: dataset.name,
    layout: dataset.layout,
  })
  writeFileAtomically(run.file(SCORES), bytes)
}

function reportOf(
  system: System,
  options: Record<string, unknown>,
  environment: object,
  problem: ClassificationProblem,
  scores: Scores,
  run: RunFolder,
  notes: readonly string[],
): ReportRun {
  const { dataset, trainCounts, test } = problem
  return {
    name: basename(run.path),
    system: system.name,
    options,
    environment: { ...environment },
    dataset: {
      name: dataset.name,
      layout: dataset.layout,
      classes: [...dataset.classes],
      trainCounts: [...trainCounts],
      testCounts: countsOf(dataset, test),
      bones: layoutByName(dataset.layout).inward.map(([child, parent]) => [child, parent]),
      synthetic: dataset.name === 'synthetic',
    },
    history: reportHistory(readMetrics(run.metrics)),
    result: resultOf(scores, problem),
    hardest: hardestClips(scores, problem),
    notes: [...notes],
  }
}
