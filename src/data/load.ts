import { statSync } from 'node:fs'
import { OssatureError } from '../errors.ts'
import { fileFailure } from '../files/failure.ts'
import { listFiles } from '../files/file-tree.ts'
import { watchedFiles } from '../files/watched-files.ts'
import { checkDataset, checkSplit } from './checks/check-for-training.ts'
import type { Dataset } from './dataset.ts'
import { type ReaderOptions, readWithOptions } from './reader-options.ts'
import { numpyArrays } from './readers/arrays/numpy-arrays.ts'
import { pyskl } from './readers/arrays/pyskl.ts'
import { amc } from './readers/motion-capture/amc.ts'
import { bvh } from './readers/motion-capture/bvh.ts'
import { ntuSkeleton } from './readers/ntu/ntu-skeleton.ts'
import { mediapipeHandTable } from './readers/own-recordings/mediapipe-hand-table.ts'
import { openposeJson } from './readers/own-recordings/openpose-json.ts'
import { ownFolder } from './readers/own-recordings/own-folder.ts'
import { jhmdb } from './readers/published/jhmdb.ts'
import { kineticsSkeleton } from './readers/published/kinetics-skeleton.ts'
import { msrAction3d } from './readers/published/msr-action3d.ts'
import { nwUcla } from './readers/published/nw-ucla.ts'
import { pkuMmd } from './readers/published/pku-mmd.ts'
import { sbu } from './readers/published/sbu.ts'
import { shrec17 } from './readers/published/shrec17.ts'
import { tennisShots } from './readers/published/tennis-shots.ts'
import { toyotaTsu } from './readers/published/toyota-tsu.ts'
import { uiPrmd } from './readers/published/ui-prmd.ts'
import { utdMhad } from './readers/published/utd-mhad.ts'
import { utkinect } from './readers/published/utkinect.ts'
import { ymja } from './readers/published/ymja.ts'
import type { OnDamaged, Reader } from './readers/reader.ts'
import { type Division, divideByName } from './splits/by-name.ts'
import { type ClipStore, isStore, openStore } from './store/store.ts'

/** Every format that is recognised, in the order of asking. */
export const READERS: readonly Reader[] = [
  ...[nwUcla, sbu, msrAction3d, utkinect, uiPrmd, shrec17, pkuMmd, jhmdb, tennisShots, ymja],
  ...[amc, bvh],
  ...[ntuSkeleton, kineticsSkeleton, utdMhad, toyotaTsu, mediapipeHandTable],
  // What fits many data sets is asked last.
  ...[numpyArrays, pyskl, openposeJson, ownFolder],
]

/** A data set; of a clip store, what was imported is known. */
export type LoadedDataset = Dataset & Pick<ClipStore, 'recordings'>

/** Data at a path: which reader takes them, before they are read. */
export interface DataSource {
  /** None for a clip store. */
  readonly reader: Reader | undefined
  /**
   * @param onFile told after each file that is read how many are, and how many there are; later readings of clips count
   * as well. A clip store tells nothing: it opens at once.
   * @param onDamaged is told of each clip that cannot be read, which is then left out, see `Reader`
   * @throws OssatureError when the data are damaged, or the reader has no such options
   */
  load(options?: ReaderOptions, onFile?: (done: number, total: number) => void, onDamaged?: OnDamaged): LoadedDataset
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
      load(options = {}, onFile, onDamaged) {
        const read = onFile ? watchedFiles(files, (done) => onFile(done, files.length)) : files
        return readWithOptions(reader, options, (own) => reader.read(read, path, own, onDamaged))
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
