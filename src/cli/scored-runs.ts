import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { OssatureError } from '../errors.ts'
import { accuraciesOf } from '../evaluate/evaluation.ts'
import type { ReportRun } from '../evaluate/report/report-data.ts'
import type { NamedScores } from '../evaluate/scores/same-clips.ts'
import { readScoreFile } from '../evaluate/scores/score-file.ts'
import { readMetrics } from '../train/run/metrics-log.ts'
import { reportHistory } from '../train/run/report-history.ts'
import { runNames } from '../train/run/run-names.ts'
import { isRun, readRun, readRunOptions } from '../train/run/run-record.ts'

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
  const metrics = join(path, 'metrics.jsonl')
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
