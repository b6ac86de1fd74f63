import type { Command } from 'commander'
import { formatInspection, inspectDataset } from '../../../data/inspect.ts'
import { loadDataset } from '../../../data/load.ts'
import { layouts } from '../../../skeleton/layouts/index.ts'
import { createProgress } from '../../../train/progress-reporters.ts'

/** `ossature data inspect PATH`. */
export function addInspectCommand(data: Command): void {
  data
    .command('inspect')
    .description('show counts, lengths, missing joints and the balance of the classes')
    .argument('<path>', 'recordings: a zip, a folder or a clip store')
    .option('--json', 'print JSON instead of text')
    .action(inspect)
}

function inspect(path: string, { json }: { json?: boolean }): void {
  const dataset = loadDataset(path)
  const progress = createProgress({ mode: json ? 'quiet' : 'auto' })
  progress.begin('inspect', dataset.entries.length, 'clips')
  const inspection = inspectDataset(dataset, (done) => progress.update(done))
  progress.end()
  const names = layouts.find(({ name }) => name === dataset.layout)?.joints
  process.stdout.write(`${json ? JSON.stringify(inspection) : formatInspection(inspection, names)}\n`)
}
