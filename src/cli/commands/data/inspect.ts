import type { Command } from 'commander'
import { formatInspection, inspectDataset } from '../../../data/checks/inspect.ts'
import { layouts, registeredLayout } from '../../../skeleton/layouts/index.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { type DataFlags, openData, withDataSource } from '../../data-source.ts'

interface InspectFlags extends DataFlags {
  readonly json?: boolean
}

/** `ossature data inspect PATH`. */
export function addInspectCommand(data: Command): void {
  withDataSource(
    data
      .command('inspect')
      .description('show counts, lengths, missing joints and the balance of the classes')
      .argument('[path]', 'recordings: a zip, a folder or a clip store'),
  )
    .option('--json', 'print JSON instead of text')
    .action(inspect)
}

function inspect(path: string | undefined, flags: InspectFlags): void {
  const { json } = flags
  const progress = createProgress({ mode: json ? 'quiet' : 'auto' })
  const dataset = openData(path, flags, progress)
  progress.begin('inspect', dataset.entries.length, 'clips')
  const inspection = inspectDataset(dataset, (done) => progress.update(done))
  progress.end()
  const { layout } = dataset
  const names = (layouts.find(({ name }) => name === layout) ?? registeredLayout(layout))?.joints
  process.stdout.write(`${json ? JSON.stringify(inspection) : formatInspection(inspection, names)}\n`)
}
