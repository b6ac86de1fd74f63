import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Dataset } from '../../../data/dataset.ts'
import { stateOfRecordings } from '../../../data/store/recordings-state.ts'
import { writeStore } from '../../../data/store/store.ts'
import type { OssatureError } from '../../../errors.ts'
import { writeFileAtomically } from '../../../files/atomic-write.ts'
import type { Progress } from '../../../train/progress/progress.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { refuseAmong } from '../../among-recordings.ts'
import { type DataFlags, missing, openRecordings, projectOf, withDataSource } from '../../data-source.ts'

interface ImportFlags extends DataFlags {
  readonly force?: boolean
  readonly skipDamaged?: boolean
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
    .option('--skip-damaged', 'leave out clips that cannot be read, and list them beside the store')
    .option('--json', 'print JSON lines instead of text')
    .action(importRecordings)
}

async function importRecordings(from: string | undefined, to: string | undefined, flags: ImportFlags): Promise<void> {
  const { force = false, skipDamaged = false, json } = flags
  const project = projectOf(flags)
  const source = from ?? project.source ?? missing('source')
  const store = to ?? project.data ?? missing('store')
  refuseAmong(source, store, 'the clip store', 'store')
  const progress = createProgress({ mode: json ? 'json' : 'auto' })
  const state = stateOfRecordings(source)
  const leftOut: LeftOut[] = []
  const onDamaged = ({ message }: OssatureError, clip: string) => void leftOut.push({ clip, reason: message })
  const read = openRecordings(source, flags, progress, project, skipDamaged ? onDamaged : undefined)
  const dataset = withNoteOf(leftOut, read)
  const { name, entries } = dataset
  progress.begin('import', entries.length, 'clips')
  const onClip = (done: number) => progress.update(done)
  await writeStore(store, dataset, { replace: force, onClip, recordings: { path: source, state } })
  progress.end()
  if (leftOut.length > 0) keepList(leftOut, `${resolve(store)}-left-out.txt`, progress)
  for (const note of dataset.notes ?? []) progress.note(note)
  const result = {
    name,
    clips: entries.length,
    classes: dataset.classes.length,
    store,
    ...(skipDamaged && { leftOut }),
  }
  const text = `${name}: ${result.clips} clips of ${result.classes} classes in ${store}`
  process.stdout.write(`${json ? JSON.stringify({ event: 'result', ...result }) : text}\n`)
}

/** So many clips that are left out are named on the terminal. */
const SHOWN = 10

/** A clip that cannot be read. */
interface LeftOut {
  /** Where it lies. */
  readonly clip: string
  readonly reason: string
}

/** The clip store says of itself that it is not complete. */
function withNoteOf(leftOut: readonly LeftOut[], dataset: Dataset): Dataset {
  if (leftOut.length === 0) return dataset
  const all = leftOut.length + dataset.entries.length
  const note = `${leftOut.length} of ${all} clips could not be read and were left out.`
  return { ...dataset, notes: [...(dataset.notes ?? []), note] }
}

/** Tells what was left out, all of it in a list beside the store. */
function keepList(leftOut: readonly LeftOut[], list: string, progress: Progress): void {
  const reasons = leftOut.map(({ reason }) => reason)
  writeFileAtomically(list, `${reasons.join('\n')}\n`)
  const few = reasons.slice(0, SHOWN).map((reason) => reason.replaceAll('\n', '\n  '))
  const more = reasons.length > SHOWN ? [`and ${reasons.length - SHOWN} more`] : []
  progress.warn([`left out, as ${list} says as well:`, ...few, ...more].join('\n  '))
}
