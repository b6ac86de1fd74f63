import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import { renderSummary } from '../../evaluate/summary.ts'
import { runDemo } from '../../systems/demo.ts'
import { createProgress } from '../../train/progress/progress-reporters.ts'
import { untilInterrupted } from '../interruption.ts'
import { wholeNumberFrom } from '../number-flags.ts'

interface DemoFlags {
  readonly out: string
  readonly seed: number
  readonly threads: number
  readonly json?: boolean
}

/** `ossature demo`. */
export function addDemoCommand(root: Command): void {
  root
    .command('demo')
    .description('train the plain baseline and BRL on motion that is generated on the spot, and compare them')
    .option('--out <folder>', 'where the runs go', 'runs/demo')
    .option('--seed <number>', 'seed of motion, weights and batches', wholeNumberFrom(0), 0)
    .option(
      '--threads <number>',
      'threads within an operator; so small a network is fastest with one',
      wholeNumberFrom(1),
      1,
    )
    .option('--json', 'print JSON lines instead of text')
    .action(demo)
}

async function demo(flags: DemoFlags): Promise<void> {
  const progress = createProgress({ mode: flags.json ? 'json' : 'auto' })
  const finished = await untilInterrupted(
    (signal) => runDemo({ ...flags, progress, signal }),
    () => progress.warn('interrupted; the demo starts over next time'),
  )
  if (!finished) return
  const { report, data } = finished
  if (flags.json) {
    const results = data.runs.map(({ name, result }) => ({ run: name, result }))
    process.stdout.write(`${JSON.stringify({ event: 'result', report, results })}\n`)
    return
  }
  process.stdout.write(`\n${renderSummary(data)}\n\nreport: ${pathToFileURL(resolve(report)).href}\n`)
}
