import type { Command } from 'commander'
import { writeStore } from '../../../data/store/store.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { refuseAmong } from '../../among-recordings.ts'
import { type DataFlags, missing, openRecordings, projectOf, withDataSource } from '../../data-source.ts'

interface ImportFlags extends DataFlags {
  readonly force?: boolean
  readonly json?: boolean
}

/** `ossature data import SOURCE STORE`, or both from a project file. */
export function addImportCommand(data: Command): void {
  withDataSource(
    data
      .command('import')
      .description('turn recordings into a clip store, which opens at once')
      .argument('[source]', 'recordings: a zip or a folder')
      .argument('[store]', 'folder of the clip store; it appears when it is complete'),
  )
    .option('--force', 'replace the clip store that is there')
    .option('--json', 'print JSON lines instead of text')
    .action(importRecordings)
}

async function importRecordings(from: string | undefined, to: string | undefined, flags: ImportFlags): Promise<void> {
  const { force = false, json } = flags
  const project = projectOf(flags)
  const source = from ?? project.source ?? missing('source')
  const store = to ?? project.data ?? missing('store')
  refuseAmong(source, store, 'the clip store', 'store')
  const progress = createProgress({ mode: json ? 'json' : 'auto' })
  const dataset = openRecordings(source, flags, progress, project)
  const { name, entries } = dataset
  progress.begin('import', entries.length, 'clips')
  await writeStore(store, dataset, { replace: force, onClip: (done) => progress.update(done) })
  progress.end()
  for (const note of dataset.notes ?? []) progress.note(note)
  const result = { name, clips: entries.length, classes: dataset.classes.length, store }
  const text = `${name}: ${result.clips} clips of ${result.classes} classes in ${store}`
  process.stdout.write(`${json ? JSON.stringify({ event: 'result', ...result }) : text}\n`)
}
