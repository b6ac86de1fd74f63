import { statSync } from 'node:fs'
import { OssatureError } from '../errors.ts'
import { fileFailure } from '../files/failure.ts'
import { listFiles } from '../files/file-tree.ts'
import { watchedFiles } from '../files/watched-files.ts'
import { checkDataset, checkSplit } from './checks.ts'
import type { Dataset } from './dataset.ts'
import { type ReaderOptions, readWithOptions } from './reader-options.ts'
import { amc } from './readers/amc.ts'
import { bvh } from './readers/bvh.ts'
import { jhmdb } from './readers/jhmdb.ts'
import { kineticsSkeleton } from './readers/kinetics-skeleton.ts'
import { mediapipeHandTable } from './readers/mediapipe-hand-table.ts'
import { msrAction3d } from './readers/msr-action3d.ts'
import { ntuSkeleton } from './readers/ntu-skeleton.ts'
import { numpyArrays } from './readers/numpy-arrays.ts'
import { nwUcla } from './readers/nw-ucla.ts'
import { openposeJson } from './readers/openpose-json.ts'
import { ownFolder } from './readers/own-folder.ts'
import { pkuMmd } from './readers/pku-mmd.ts'
import { pyskl } from './readers/pyskl.ts'
import type { Reader } from './readers/reader.ts'
import { sbu } from './readers/sbu.ts'
import { shrec17 } from './readers/shrec17.ts'
import { tennisShots } from './readers/tennis-shots.ts'
import { toyotaTsu } from './readers/toyota-tsu.ts'
import { uiPrmd } from './readers/ui-prmd.ts'
import { utdMhad } from './readers/utd-mhad.ts'
import { utkinect } from './readers/utkinect.ts'
import { ymja } from './readers/ymja.ts'
import { type Division, divideByName } from './splits-by-name.ts'
import { isStore, openStore } from './store.ts'

/** Every format that is recognised, in the order of asking. */
export const READERS: readonly Reader[] = [
  ...[nwUcla, sbu, msrAction3d, utkinect, uiPrmd, shrec17, pkuMmd, jhmdb, tennisShots, ymja],
  ...[amc, bvh],
  ...[ntuSkeleton, kineticsSkeleton, utdMhad, toyotaTsu, mediapipeHandTable],
  // What fits many data sets is asked last.
  ...[numpyArrays, pyskl, openposeJson, ownFolder],
]

/** Data at a path: which reader takes them, before they are read. */
export interface DataSource {
  /** None for a clip store. */
  readonly reader: Reader | undefined
  /**
   * @param onFile told after each file that is read how many are, and how many there are; later readings of clips count
   * as well. A clip store tells nothing: it opens at once.
   * @throws OssatureError when the data are damaged, or the reader has no such options
   */
  load(options?: ReaderOptions, onFile?: (done: number, total: number) => void): Dataset
}

export interface LoadOptions {
  /** Name of a reader, where the files alone would be taken for another format. */
  readonly reader?: string
  /** What the reader is to do, see `optionsOfReader`. */
  readonly options?: ReaderOptions
}

/**
 * Opens the data at a path, whatever their format: a clip store, or a folder, zip archive or file that one of the readers
 * recognises.
 *
 * @throws OssatureError when nothing is there, the format is unknown or the data are damaged
 */
export function loadDataset(path: string, { reader, options }: LoadOptions = {}): Dataset {
  return dataSource(path, reader).load(options)
}

/**
 * The data at a path and the reader that they are for.
 * @param name of the reader; by default the first that recognises the files
 * @throws OssatureError when nothing is there, the format is unknown, or there is no such reader
 */
export function dataSource(path: string, name?: string): DataSource {
  if (isFolder(path) && isStore(path)) {
    return {
      reader: undefined,
      load(options = {}) {
        const surplus = name ?? Object.keys(options)[0]
        if (surplus === undefined) return openStore(path)
        throw new OssatureError('a clip store is opened as it was imported, without a reader', {
          where: path,
          found: surplus,
          hint: 'Give readers and their options when the recordings are imported.',
        })
      },
    }
  }
  const chosen = name === undefined ? undefined : readerNamed(name)
  const files = listFiles(path)
  const reader = chosen ?? READERS.find((candidate) => candidate.recognises(files))
  if (reader) {
    return {
      reader,
      load(options = {}, onFile) {
        const read = onFile ? watchedFiles(files, (done) => onFile(done, files.length)) : files
        return readWithOptions(reader, options, (own) => reader.read(read, path, own))
      },
    }
  }
  throw new OssatureError('the format of the data is unknown', {
    where: path,
    expected: ['a clip store', ...READERS.map(({ description }) => description)].join('; '),
    found: files.length ? `${files.length} files, the first is ${files[0].name}` : 'no files',
  })
}

/** @throws OssatureError that lists the readers when there is none of that name */
export function readerNamed(name: string): Reader {
  const reader = READERS.find((candidate) => candidate.name === name)
  if (reader) return reader
  throw new OssatureError('there is no such reader', {
    expected: READERS.map((candidate) => candidate.name).join(', '),
    found: name,
  })
}

/**
 * Opens the data at a path, divides them as a name says (see `divideByName`) and refuses what would ruin a training
 * run.
 *
 * @throws OssatureError as `loadDataset`, `divideByName`, `checkDataset` and `checkSplit`
 */
export function loadSplit(path: string, name: string): Division {
  const division = divideByName(loadDataset(path), name)
  checkDataset(division.dataset)
  checkSplit(division.dataset, division)
  return division
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw fileFailure(error, 'cannot open', path)
  }
}
