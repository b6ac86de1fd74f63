import { basename, join } from 'node:path'
import type { Dataset } from '../data/dataset.ts'
import type { Split } from '../data/splits.ts'
import type { ReportData, ReportRun } from '../evaluate/report/report-data.ts'
import { encodeScoreFile, SCORES } from '../evaluate/score-file.ts'
import type { Scores } from '../evaluate/scores.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { interruptible } from '../runtime/interruptible.ts'
import { createDevice } from '../runtime/node.ts'
import { layoutByName } from '../skeleton/layouts/index.ts'
import { CheckpointFolder } from '../train/checkpoint-folder.ts'
import { describeEnvironment } from '../train/environment.ts'
import { readMetrics } from '../train/metrics-log.ts'
import type { TrainingPhase } from '../train/phase.ts'
import type { Progress } from '../train/progress.ts'
import { reportHistory } from '../train/report-history.ts'
import { CHECKPOINTS, openRun, type RunFolder } from '../train/run-folder.ts'
import { saveBeginning, trainPhase } from '../train/train-phase.ts'
import type { ClassificationOptions } from './classification/options.ts'
import { type ClassificationProblem, classificationProblem, countsOf } from './classification/problem.ts'
import { hardestClips, resultOf } from './classification/results.ts'
import {
  type LoadedWeights,
  loadWeightSource,
  readWeightSource,
  recordWeights,
  requireSameSource,
} from './initial-weights.ts'
import type { System } from './system.ts'
import { describeLoadedWeights } from './weights-report.ts'

export interface RunSettings {
  /** Folder of the run. */
  readonly out: string
  readonly force?: boolean
  /** Train a finished run further; `epochs` may then differ from those it was started with. */
  readonly resume?: boolean
  readonly progress: Progress
  /**
   * Weights to start from: a file of safetensors or PyTorch, or a run. All that fits by name and shape is taken over.
   * Read once: a run that goes on does so from its own checkpoints.
   */
  readonly from?: string
  /** Aborting ends the run after the present step; it is then recorded as interrupted and can go on later. */
  readonly signal?: AbortSignal
}

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
  options: ClassificationOptions,
  dataset: Dataset,
  settings: RunSettings,
  split?: Split,
): Promise<FinishedRun> {
  const { out, force, resume, from, progress, signal = new AbortController().signal } = settings
  // The data, the network and the runtime are looked at before the run folder is touched: what is unfit leaves nothing behind.
  const problem = classificationProblem(dataset, options, split)
  const environment = describeEnvironment({
    device: options.device,
    seed: options.seed,
    threads: options.threads || undefined,
  })
  const recorded = { system: system.name, dataset: dataset.name, ...(from !== undefined && { from }), ...options }
  const device = interruptible(await createDevice(options.device, { threads: options.threads }), signal)
  const plan = await system.plan(options, problem, { device, progress })
  try {
    signal.throwIfAborted()
    const weights = from === undefined ? undefined : loadInitialWeights(from, plan.phases[0], settings)
    const changeable = resume ? ['epochs'] : []
    const run = openRun(out, { options: recorded, environment, force, resume, changeable })
    try {
      if (weights && from !== undefined) {
        recordWeights(out, from, weights)
        saveBeginning(plan.phases[0], run)
        progress.note(describeLoadedWeights(weights).join('\n'))
      }
      for (const phase of plan.phases) await trainPhase(phase, { run, device, progress })
      const scores = await plan.score(problem.test)
      writeScores(run, problem, scores)
      writeFileAtomically(run.file('model.onnx'), await plan.exportModel())
      const report = reportOf(system, recorded, environment, problem, scores, run, plan.notes)
      await writeReport(run.file('report.html'), { title: `${system.name} on ${dataset.name}`, runs: [report] })
      run.close('finished')
      return { folder: out, report }
    } catch (error) {
      closeAfterFailure(run, signal.aborted && error === signal.reason ? 'interrupted' : 'failed')
      throw error
    }
  } finally {
    await plan.release()
  }
}

/** Puts weights into the first phase's network, unless the run goes on from a checkpoint that holds later ones. */
function loadInitialWeights(
  from: string,
  phase: TrainingPhase,
  { out, force }: RunSettings,
): LoadedWeights | undefined {
  if (!force && new CheckpointFolder(join(out, CHECKPOINTS)).list().length > 0) return undefined
  const source = readWeightSource(from)
  if (!force) requireSameSource(out, source)
  return loadWeightSource(source, phase.variables)
}

/** Whatever ended the run is what people must hear of, even if the disk is too full to record it. */
function closeAfterFailure(run: RunFolder, status: 'interrupted' | 'failed'): void {
  try {
    run.close(status)
  } catch {}
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
