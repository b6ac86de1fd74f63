import type { Command } from 'commander'
import { compareWithFirst } from '../../evaluate/comparison.ts'
import { renderComparison } from '../../evaluate/comparison-text.ts'
import { accuraciesOf } from '../../evaluate/evaluation.ts'
import { onSameClips } from '../../evaluate/scores/same-clips.ts'
import { seedGroups } from '../../evaluate/statistics/seed-groups.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import { writeReport } from '../../systems/run-system.ts'
import { readScoredRuns, reportRunOf } from '../scored-runs.ts'
import { type ResamplingFlags, withResampling } from './resampling.ts'

interface CompareFlags extends ResamplingFlags {
  readonly out?: string
  readonly json?: boolean
}

/** `ossature compare RUN RUN ...`. */
export function addCompareCommand(root: Command): void {
  withResampling(
    root
      .command('compare')
      .description('compare finished runs with the first, by paired tests on the same test clips')
      .argument('<runs...>', 'folders of runs, or score files; the first is what the others are compared with'),
  )
    .option('--out <page>', 'write a page that shows the runs side by side')
    .option('--json', 'print JSON instead of text')
    .action(compare)
}

async function compare(paths: string[], { out, json, seed, resamples }: CompareFlags): Promise<void> {
  const runs = onSameClips(readScoredRuns(paths))
  const tests = compareWithFirst(runs, new CounterStream(seed), { resamples })
  const results = runs.map(({ name, options, file }) => ({
    name,
    options,
    result: accuraciesOf(file.probabilities, file.labels, file.trainCounts),
  }))
  const seeds = seedGroups(results.map(({ name, options, result }) => ({ name, options, ...result })))
  if (out !== undefined) {
    const title = `${runs.length} runs${runs[0].file.dataset === undefined ? '' : ` on ${runs[0].file.dataset}`}`
    const comparison = { baseline: runs[0].name, tests }
    await writeReport(out, { title, runs: runs.map(reportRunOf), comparison })
  }
  if (json) {
    const listed = results.map(({ name, result }, index) => ({ name, run: paths[index], result }))
    process.stdout.write(
      `${JSON.stringify({ baseline: runs[0].name, runs: listed, tests, seeds, page: out ?? null })}\n`,
    )
    return
  }
  const page = out === undefined ? '' : `\n\npage: ${out}`
  process.stdout.write(`${renderComparison(results, tests, seeds)}${page}\n`)
}
