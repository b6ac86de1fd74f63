import { existsSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { OssatureError } from '../../errors.ts'
import { syncedFile, writeAll, writeFolderAtomically } from '../../files/atomic-write.ts'
import { readFileBytes } from '../../files/file-tree.ts'
import { parseJson } from '../../files/json.ts'
import { SafetensorsFile } from '../../files/safetensors/file.ts'
import { encodeHeader } from '../../files/safetensors/safetensors.ts'
import { registeredLayout, registerLayout } from '../../skeleton/layouts/index.ts'
import { storedLayout } from '../../skeleton/stored-layout.ts'
import { shapeDefect } from '../checks/array-defect.ts'
import { checkEntries } from '../checks/check-for-training.ts'
import type { Clip } from '../clip.ts'
import { type ClipEntry, checkedIndex, checkSameLayout, type Dataset, entryOf } from '../dataset.ts'
import type { RecordingsState } from './recordings-state.ts'
import {
  appendEntry,
  clipLength,
  emptyColumns,
  entriesOf,
  filledColumns,
  isStoreIndex,
  parseStoreIndex,
  STORE_FORMAT,
  STORE_VERSION,
  type StoreIndex,
} from './store-index.ts'

const INDEX = 'index.json'
const VALUES = 'clips.safetensors'

/** Room for the header, which is written last, when the number of values is known. */
const HEAD_BYTES = 256

/** Recordings that a clip store is made of. */
export interface ImportedRecordings {
  readonly path: string
  readonly state: RecordingsState
}

/** How a clip store is written. */
export interface StoreWriting {
  /** Allows an existing clip store to be replaced; any other folder is never touched. */
  readonly replace?: boolean
  /** Is told how many clips are written. */
  readonly onClip?: (done: number) => void
  /** What is imported, to notice later that it was changed. */
  readonly recordings?: ImportedRecordings
}

/** A data set on the disk; a clip is read when asked for. */
export interface ClipStore extends Dataset {
  readonly folder: string
  /** The recordings that were imported: their path when it was done, and the state that they had then. */
  readonly recordings?: ImportedRecordings
  close(): void
}

/**
 * Writes a data set as a clip store: a folder with `clips.safetensors` (one tensor `values`, float32: clip after clip
 * its points (M, T, V, C) and, if it has them, its confidences (M, T, V)) and `index.json`. Clips are taken one at a time,
 * so that a data set larger than memory can be written. The folder appears when it is complete.
 *
 * @throws OssatureError when the folder exists or cannot be written, or a clip does not fit the data set
 */
export async function writeStore(
  folder: string,
  dataset: Dataset,
  { replace = false, onClip = () => {}, recordings }: StoreWriting = {},
): Promise<void> {
  checkDestination(folder, replace)
  checkEntries(dataset)
  await writeFolderAtomically(folder, (temporary) => {
    const values = writeValues(join(temporary, VALUES), dataset, onClip)
    const index = { ...values, ...(recordings && { recordings: storedRecordings(folder, recordings) }) }
    syncedFile(join(temporary, INDEX), (file) => writeAll(file, new TextEncoder().encode(JSON.stringify(index))))
    parseStoreIndex(readFileBytes(join(temporary, INDEX)), folder)
  })
}

/**
 * Opens a clip store. Only the index and the header are read. A layout of one's own that the store holds becomes known by
 * its name.
 *
 * @throws OssatureError when `folder` is not a clip store or is damaged, or another layout has the name of its own
 */
export function openStore(folder: string): ClipStore {
  const where = join(folder, INDEX)
  const index = parseStoreIndex(readFileBytes(where), where)
  const { name, layout, ownLayout, classes, joints, channels, splits, performers, notes, recordings } = index
  // Before the file is opened: a layout that is refused must not leave it open.
  if (ownLayout) registerLayout(ownLayout)
  const file = new SafetensorsFile(join(folder, VALUES))
  const tensor = file.header.entries.get('values')
  if (tensor?.dtype !== 'F32' || tensor.shape.length !== 1 || tensor.shape[0] !== index.values) {
    file.close()
    throw new OssatureError('the values do not fit the index of the clip store', {
      where: file.path,
      expected: `values: F32 [${index.values}]`,
      found: tensor ? `values: ${tensor.dtype} [${tensor.shape.join(', ')}]` : 'no tensor values',
      hint: 'Import the data again.',
    })
  }
  const entries = entriesOf(index.clips)
  return {
    folder,
    name,
    layout,
    classes,
    joints,
    channels,
    entries,
    ...(splits && { splits }),
    ...(performers && { performers }),
    ...(notes && { notes }),
    ...(recordings && { recordings: importedRecordings(folder, recordings) }),
    clip: (i) => readClip(file, index, checkedIndex(name, i, entries.length), entries[i]),
    close: () => file.close(),
  }
}

/** Whether a folder holds a clip store (its index says so; it may still be damaged). */
export function isStore(folder: string): boolean {
  const path = join(folder, INDEX)
  if (!existsSync(path)) return false
  try {
    return isStoreIndex(parseJson(readFileBytes(path), path))
  } catch {
    return existsSync(join(folder, VALUES))
  }
}

function storedRecordings(folder: string, { path, state }: ImportedRecordings): StoreIndex['recordings'] {
  return { path: relative(resolve(folder), resolve(path)).replaceAll('\\', '/') || '.', ...state }
}

function importedRecordings(
  folder: string,
  { path, ...state }: NonNullable<StoreIndex['recordings']>,
): ImportedRecordings {
  return { path: isAbsolute(path) ? path : join(folder, path), state }
}

function checkDestination(folder: string, replace: boolean): void {
  if (!existsSync(folder)) return
  if (!isStore(folder)) {
    throw new OssatureError('something else is at this path', { where: folder, hint: 'Choose another name.' })
  }
  if (!replace) {
    throw new OssatureError('there is a clip store already', {
      where: folder,
      hint: 'Choose another name, or allow it to be replaced: --force of the command, `replace` in a program.',
    })
  }
}

function writeValues(
  path: string,
  { name, layout, classes, joints, channels, ...dataset }: Dataset,
  onClip: (done: number) => void,
): StoreIndex {
  const clips = emptyColumns()
  let values = 0
  syncedFile(path, (file) => {
    writeAll(file, new Uint8Array(HEAD_BYTES))
    for (let i = 0; i < dataset.entries.length; i++) {
      const clip = dataset.clip(i)
      checkClip(clip, { name, layout, joints, channels })
      appendEntry(clips, entryOf(clip), values, clip.score !== undefined)
      for (const part of clip.score ? [clip.points.data, clip.score] : [clip.points.data]) {
        writeAll(file, new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
        values += part.length
      }
      onClip(i + 1)
    }
    writeAll(file, encodeHeader([{ name: 'values', dtype: 'F32', shape: [values] }], {}, HEAD_BYTES), 0)
  })
  const own = registeredLayout(layout)
  return {
    format: STORE_FORMAT,
    version: STORE_VERSION,
    name,
    layout,
    ...(own && { ownLayout: storedLayout(own) }),
    classes: [...classes],
    joints,
    channels,
    values,
    clips: filledColumns(clips),
    ...(dataset.splits && { splits: dataset.splits as StoreIndex['splits'] }),
    ...(dataset.performers && { performers: [...dataset.performers] }),
    ...(dataset.notes && { notes: [...dataset.notes] }),
  }
}

/** @throws OssatureError for a clip of another layout than the data set's, or with arrays of another size */
function checkClip(clip: Clip, dataset: Pick<Dataset, 'name' | 'layout' | 'joints' | 'channels'>): void {
  checkSameLayout(clip, dataset, `${dataset.name}, clip ${clip.id}`)
  const defect = shapeDefect(clip)
  if (defect)
    throw new OssatureError('the arrays of a clip do not fit its shape', { where: dataset.name, found: defect.where })
}

function readClip(
  file: SafetensorsFile,
  index: StoreIndex,
  i: number,
  { id, label, persons, frames, meta }: ClipEntry,
): Clip {
  const { clips, joints, channels, layout } = index
  const offset = clips.offset[i]
  const values = file.readRange('values', offset, offset + clipLength(index, i)) as Float32Array
  const pointsLength = persons * frames * joints * channels
  return {
    id,
    label,
    layout,
    points: { data: values.subarray(0, pointsLength), persons, frames, joints, channels },
    score: clips.scored[i] ? values.subarray(pointsLength) : undefined,
    meta,
  }
}
