import { statSync } from 'node:fs'
import { OssatureError } from '../errors.ts'
import { fileFailure } from '../files/failure.ts'
import { listFiles } from '../files/file-tree.ts'
import { checkDataset, checkSplit } from './checks.ts'
import type { Dataset } from './dataset.ts'
import { nwUcla } from './readers/nw-ucla.ts'
import type { Reader } from './readers/reader.ts'
import { type Split, splitByProtocol } from './splits.ts'
import { isStore, openStore } from './store.ts'

/** Every format that is recognised, in the order of asking. */
export const READERS: readonly Reader[] = [nwUcla]

/**
 * Opens the data at a path, whatever their format: a clip store, or a folder, zip archive or file that one of the readers
 * recognises.
 *
 * @throws OssatureError when nothing is there, the format is unknown or the data are damaged
 */
export function loadDataset(path: string): Dataset {
  if (isFolder(path) && isStore(path)) return openStore(path)
  const files = listFiles(path)
  const reader = READERS.find((candidate) => candidate.recognises(files))
  if (reader) return reader.read(files, path)
  throw new OssatureError('the format of the data is unknown', {
    where: path,
    expected: ['a clip store', ...READERS.map(({ description }) => description)].join('; '),
    found: files.length ? `${files.length} files, the first is ${files[0].name}` : 'no files',
  })
}

/**
 * Opens the data at a path, divides them by a published protocol and refuses what would ruin a training run.
 *
 * @throws OssatureError as `loadDataset`, `splitByProtocol`, `checkDataset` and `checkSplit`
 */
export function loadSplit(path: string, protocol: string): Split & { readonly dataset: Dataset } {
  const dataset = loadDataset(path)
  checkDataset(dataset)
  const split = splitByProtocol(dataset.entries, protocol)
  checkSplit(dataset, split)
  return { dataset, ...split }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw fileFailure(error, 'cannot open', path)
  }
}
