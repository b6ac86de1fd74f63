import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeScoreFile, SCORES, type ScoreFile } from '../../src/evaluate/scores/score-file.ts'
import { describeEnvironment } from '../../src/train/run/environment.ts'
import { MetricsLog } from '../../src/train/run/metrics-log.ts'
import { openRun } from '../../src/train/run/run-folder.ts'

/** Writes the folder of a finished run with these scores, without any training. */
export function writeRunFolder(folder: string, file: ScoreFile, options: Record<string, unknown> = {}): string {
  mkdirSync(folder, { recursive: true })
  const environment = describeEnvironment({ device: 'cpu', seed: 0 })
  const run = openRun(folder, { options: { system: 'baseline', dataset: 'plaza', ...options }, environment })
  const log = new MetricsLog(run.metrics)
  log.append({ step: 1, epoch: 1, phase: 'train', loss: 1.5, learningRate: 0.1, 'top-1': 0.4 })
  log.append({ step: 2, epoch: 2, phase: 'train', loss: 0.9, learningRate: 0.01, 'top-1': 0.6 })
  log.close()
  writeFileSync(join(folder, SCORES), encodeScoreFile(file))
  run.close('finished')
  return folder
}
