import { OssatureError } from '../../../errors.ts'
import { decodeText } from '../../../files/decode-text.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Dataset } from '../../dataset.ts'
import { clipsOfRecordings, type Recording, type RecordingSet, type Segment } from '../../recording.ts'
import type { Split } from '../../splits/split.ts'
import type { Reader } from '../reader.ts'
import { anyNamed } from '../shared/clip-files.ts'
import { framePoints, jointColumns, readNumberTable } from '../shared/number-table.ts'
import { PKU_MMD_ACTIONS } from './pku-mmd-actions.ts'

const JOINTS = 25
const PERSONS = 2
const COLUMNS = PERSONS * JOINTS * 3

/** Phase 1 counts its recordings, phase 2 has performers `N` within recordings `A`; L, M, R are the cameras. */
const FORM = /(?:^|\/)((\d{4})|A(\d\d)N(\d\d))-([LMR])\.txt$/
const LIST = /(?:^|\/)cross[-_](subject|view)(?:_v2)?\.txt$/

/**
 * PKU-MMD (Liu, Hu, Li, Song, Liu: PKU-MMD: A Large Scale Benchmark for Continuous Multi-Modal Human Action Understanding,
 * 2017), both phases: a text of 150 numbers per frame (two bodies of 25 joints, in metres) for each recording, and a text
 * of the same name in another folder with its labels, lines `action,start,end,confidence` in frames from 1, both included.
 * The lists `cross-subject.txt` and `cross-view.txt` (or `..._v2.txt`) become splits of that name.
 */
export const pkuMmd: Reader = {
  name: 'pku-mmd',
  description: 'PKU-MMD: a folder or zip with a folder of skeletons NNNN-L.txt or AxxNyy-L.txt and one of labels',
  recognises: (files) => anyNamed(files, FORM),
  read(files, where) {
    const dataset = clipsOfRecordings(readPkuMmdRecordings(files, where))
    const splits = splitsOf(files, dataset)
    return Object.keys(splits).length > 0 ? { ...dataset, splits } : dataset
  },
}

/**
 * The recordings, uncut; a recording is read when its points are asked for. The classes are the actions that occur.
 * @throws OssatureError naming file and line
 */
export function readPkuMmdRecordings(files: readonly NamedFile[], where: string): RecordingSet {
  const pairs = pairFiles(files, where)
  const notes: string[] = []
  const labelled = pairs.map((pair) => {
    const frames = countLines(pair.skeletons.bytes())
    return { ...pair, frames, rows: readLabels(pair.labels, frames, notes) }
  })
  const numbers = [...new Set(labelled.flatMap(({ rows }) => rows.map(({ action }) => action)))].sort((a, b) => a - b)
  const recordings = labelled.map(({ id, meta, skeletons, frames, rows }): Recording => {
    const segments = rows.map(({ action, start, end }, i): Segment => {
      return { label: numbers.indexOf(action), start, end, suffix: `_${String(i + 1).padStart(2, '0')}` }
    })
    const points = () => readPkuMmdPoints(skeletons.bytes(), skeletons.where)
    return { id, persons: PERSONS, frames, segments, meta, points }
  })
  const classes = numbers.map((number) => PKU_MMD_ACTIONS[number - 1])
  return { name: 'pku-mmd', layout: 'nturgb+d', classes, joints: JOINTS, channels: 3, notes, recordings }
}

/** The points (2, T, 25, 3) of a text of skeletons. @throws OssatureError naming line, person and joint */
export function readPkuMmdPoints(bytes: Uint8Array, where: string) {
  const table = readNumberTable(bytes, where, {
    columns: COLUMNS,
    separator: 'space',
    columnName: jointColumns(JOINTS, { persons: PERSONS }),
  })
  return framePoints(table, { persons: PERSONS, joints: JOINTS })
}

interface Pair {
  readonly id: string
  readonly meta: Recording['meta']
  readonly skeletons: NamedFile
  readonly labels: NamedFile
}

/** Files of one name lie in two folders; the first line of one file tells which kind its folder holds. */
function pairFiles(files: readonly NamedFile[], where: string): Pair[] {
  const kinds = new Map<string, 'skeletons' | 'labels'>()
  const found = new Map<string, Partial<Record<'skeletons' | 'labels', NamedFile>> & { match: RegExpExecArray }>()
  for (const file of files) {
    const match = FORM.exec(file.name)
    if (!match) continue
    const folder = file.name.slice(0, match.index)
    const kind = kinds.get(folder) ?? kindOf(file)
    kinds.set(folder, kind)
    const id = `${match[1]}-${match[5]}`
    const pair = found.get(id) ?? { match }
    if (pair[kind]) {
      throw new OssatureError(`there are two files of ${kind} for recording ${id}`, {
        where,
        found: `${pair[kind].name} and ${file.name}`,
      })
    }
    pair[kind] = file
    found.set(id, pair)
  }
  const pairs: Pair[] = []
  for (const [id, { skeletons, labels, match }] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!skeletons || !labels) {
      throw new OssatureError(`recording ${id} lacks its ${skeletons ? 'labels' : 'skeletons'}`, {
        where: (skeletons ?? labels)!.where,
        expected: 'a file of the same name in a folder of skeletons and in one of labels',
      })
    }
    const [, , number, setup, performer, camera] = match
    const place = { camera: 'LMR'.indexOf(camera) + 1, frameRate: 30 }
    const meta = number
      ? { setup: Number(number), ...place }
      : { setup: Number(setup), performer: Number(performer), ...place }
    pairs.push({ id, meta, skeletons, labels })
  }
  if (pairs.length === 0) throw new OssatureError('there are no recordings of PKU-MMD here', { where })
  return pairs
}

/** Lines of labels have commas, lines of skeletons have none. */
function kindOf(file: NamedFile): 'skeletons' | 'labels' {
  const bytes = file.bytes()
  const end = bytes.indexOf(0x0a)
  return bytes.subarray(0, end < 0 ? bytes.length : end).includes(0x2c) ? 'labels' : 'skeletons'
}

/** Lines that hold more than white space. */
function countLines(bytes: Uint8Array): number {
  let lines = 0
  let filled = false
  for (const byte of bytes) {
    if (byte > 0x20 && !filled) {
      filled = true
      lines += 1
    } else if (byte === 0x0a) filled = false
  }
  return lines
}

function readLabels(file: NamedFile, frames: number, notes: string[]) {
  const names = ['action', 'start', 'end', 'confidence']
  const form = { columns: 4, separator: 'comma', columnName: (column: number) => names[column] } as const
  const { rows, values, lines } = readNumberTable(file.bytes(), file.where, form)
  const labels: { action: number; start: number; end: number }[] = []
  for (let row = 0; row < rows; row++) {
    const [action, first, last] = values.subarray(4 * row, 4 * row + 3)
    const where = `${file.where}, line ${lines[row]}`
    if (!Number.isInteger(action) || action < 1 || action > PKU_MMD_ACTIONS.length) {
      throw new OssatureError('unknown action', {
        where,
        expected: `1 to ${PKU_MMD_ACTIONS.length}`,
        found: `${action}`,
      })
    }
    if (!Number.isInteger(first) || !Number.isInteger(last) || first < 1 || first > last || first > frames) {
      throw new OssatureError('this is no interval of the recording', {
        where,
        expected: `whole numbers from 1 to ${frames}, the end not before the start`,
        found: `${first} to ${last}`,
      })
    }
    if (last > frames)
      notes.push(`${where}: the interval ends at frame ${last}, the recording at ${frames}; it is cut.`)
    labels.push({ action, start: first - 1, end: Math.min(last, frames) })
  }
  return labels
}

/** Lists of four lines: a title, the names for training, a title, the names for validation; others are tested. */
function splitsOf(files: readonly NamedFile[], { entries }: Dataset): Record<string, Split> {
  const splits: Record<string, Split> = {}
  for (const file of files) {
    const kind = LIST.exec(file.name)?.[1]
    if (!kind) continue
    const text = decodeText(file.bytes(), file.where)
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    const names = new Set(
      (lines[1] ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    )
    const wrong = [...names].find((name) => !FORM.test(`${name}.txt`))
    if (names.size === 0 || wrong !== undefined) {
      throw new OssatureError('the list does not name recordings', {
        where: `${file.where}, line 2`,
        expected: 'names such as 0002-L or A01N02-R, separated by commas',
        found: JSON.stringify((wrong ?? lines[1] ?? '').slice(0, 60)),
      })
    }
    const trained = (id: string) => names.has(id.slice(0, id.lastIndexOf('_')))
    const indices = [...entries.keys()]
    splits[`cross-${kind}`] = {
      train: indices.filter((index) => trained(entries[index].id)),
      test: indices.filter((index) => !trained(entries[index].id)),
    }
  }
  return splits
}
