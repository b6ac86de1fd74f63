import type { Command } from 'commander'
import { evaluateScoreFile } from '../../evaluate/evaluation.ts'
import { renderEvaluation } from '../../evaluate/evaluation-text.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import { readScoredRuns } from '../scored-runs.ts'
import { type ResamplingFlags, withResampling } from './resampling.ts'

interface EvalFlags extends ResamplingFlags {
  readonly json?: boolean
}

/** `ossature eval RUN`. */
export function addEvalCommand(root: Command): void {
  withResampling(
    root
      .command('eval')
      .description('numbers of a finished run from its scores: accuracies, intervals, groups, classes, calibration')
      .argument('<run>', 'folder of the run, or a score file'),
  )
    .option('--json', 'print JSON instead of text')
    .action((path: string, { json, seed, resamples }: EvalFlags) => {
      const [{ name, file }] = readScoredRuns([path])
      const evaluation = evaluateScoreFile(file, new CounterStream(seed), { resamples })
      const { classes, dataset = null, trainCounts = null } = file
      const text = json
        ? JSON.stringify({ run: path, dataset, classes, trainCounts, result: evaluation })
        : renderEvaluation(name, file, evaluation)
      process.stdout.write(`${text}\n`)
    })
}
