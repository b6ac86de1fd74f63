import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { OssatureError } from '../errors.ts'
import { accuraciesOf } from '../evaluate/evaluation.ts'
import type { ReportRun } from '../evaluate/report/report-data.ts'
import type { NamedScores } from '../evaluate/scores/same-clips.ts'
import { readScoreFile } from '../evaluate/scores/score-file.ts'
import { readMetrics } from '../train/run/metrics-log.ts'
import { reportHistory } from '../train/run/report-history.ts'
import { METRICS } from '../train/run/run-folder.ts'
import { runNames } from '../train/run/run-names.ts'
import { isRun, readRun, readRunOptions } from '../train/run/run-record.ts'

/** Files that people take for runs, by their name. */
const WEIGHTS = /\.(pth?|onnx)$/i

/** A run, or a score file alone, as the command line names it. */
export interface ScoredRun extends NamedScores {
  readonly path: string
  /** What the run was started with; empty for a score file alone. */
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * The scores and options of runs. A run is called by its folder's name, by its path where two have the same name.
 * @throws OssatureError when one has no scores or is named twice
 */
export function readScoredRuns(paths: readonly string[]): ScoredRun[] {
  const names = runNames(paths)
  return paths.map((path, index) => {
    if (WEIGHTS.test(path))
      throw new OssatureError('these are weights, not scores', {
        where: path,
        expected: 'the folder of a run, or its scores.safetensors',
        hint: 'Weights are tested by `ossature finetune SYSTEM --from FILE --data PATH --out DIR --set epochs=0`.',
      })
    const file = readScoreFile(path)
    const options = isRun(path) ? readRunOptions(path) : {}
    const dataset = file.dataset ?? (typeof options.dataset === 'string' ? options.dataset : undefined)
    return { name: names[index], path, options, file: { ...file, ...(dataset !== undefined && { dataset }) } }
  })
}

/** A run as the report page shows it, without clips. */
export function reportRunOf({ name, path, options, file }: ScoredRun): ReportRun {
  const { classes, labels, probabilities, dataset = 'unknown', layout = 'unknown', trainCounts } = file
  if (!trainCounts)
    throw new OssatureError('the scores do not tell the training clips per class, which a page needs', {
      where: path,
      hint: 'Runs of earlier versions lack them; without --out they can be compared.',
    })
  const testCounts = new Array<number>(classes.length).fill(0)
  for (const label of labels) testCounts[label]++
  const metrics = join(path, METRICS)
  return {
    name,
    system: typeof options.system === 'string' ? options.system : 'scores alone',
    options: { ...options },
    environment: { ...(isRun(path) && readRun(path).sessions.at(-1)) },
    dataset: {
      name: dataset,
      layout,
      classes: [...classes],
      trainCounts: [...trainCounts],
      testCounts,
      bones: [],
      synthetic: dataset === 'synthetic',
    },
    history: existsSync(metrics) ? reportHistory(readMetrics(metrics)) : [],
    result: accuraciesOf(probabilities, labels, trainCounts),
    hardest: [],
    notes: [],
  }
}
