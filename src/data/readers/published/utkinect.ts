import { OssatureError } from '../../../errors.ts'
import { decodeText } from '../../../files/decode-text.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { clipsOfRecordings, type Recording, type RecordingSet, type Segment } from '../../recording.ts'
import type { Reader } from '../reader.ts'
import { anyNamed } from '../shared/clip-files.ts'
import { framePoints, jointColumns, type NumberTable, readNumberTable } from '../shared/number-table.ts'

const JOINTS = 20
const FORM = /(?:^|\/)joints_(s(\d\d)_e(\d\d))\.txt$/
const LABELS = /(?:^|\/)actionLabel(_modified)?\.txt$/
const INTERVAL = /^(\w+):\s*(\d+|NaN)\s+(\d+|NaN)$/

/** In the order of the recordings, as they stand in the files of labels. */
export const UTKINECT_CLASSES: readonly string[] = [
  ...['walk', 'sitDown', 'standUp', 'pickUp', 'carry', 'throw', 'push', 'pull', 'waveHands', 'clapHands'],
]

/** First and last frame number of an action, both included. */
interface Interval {
  readonly label: number
  readonly first: number
  readonly last: number
}

/**
 * UTKinect-Action3D (Xia, Chen, Aggarwal: View Invariant Human Action Recognition Using Histograms of 3D Joints, CVPR
 * Workshops 2012): recordings `joints_sSS_eEE.txt` of ten actions in a row, in metres, cut by `actionLabel.txt` or, where
 * it is there, `actionLabel_modified.txt` (seven intervals corrected by Vemulapalli, Arrate, Chellappa, CVPR 2014).
 */
export const utkinect: Reader = {
  name: 'utkinect',
  description: 'UTKinect-Action3D: a folder or zip with joints_sSS_eEE.txt and actionLabel.txt',
  recognises: (files) => anyNamed(files, FORM),
  read: (files, where) => clipsOfRecordings(readUtkinectRecordings(files, where)),
}

/**
 * The 20 recordings, uncut. A frame that is listed twice is taken once, the first time.
 * @throws OssatureError naming file and line
 */
export function readUtkinectRecordings(files: readonly NamedFile[], where: string): RecordingSet {
  const lists = files.filter(({ name }) => LABELS.test(name))
  const list = lists.find(({ name }) => name.includes('_modified')) ?? lists[0]
  if (!list) {
    throw new OssatureError('the labels are missing', {
      where,
      expected: 'actionLabel.txt or actionLabel_modified.txt',
    })
  }
  const { intervals, notes } = readLabels(list)
  const recordings: Recording[] = []
  let doubled = 0
  for (const file of files) {
    const match = FORM.exec(file.name)
    if (!match) continue
    const [, id, performer, repetition] = match
    const own = intervals.get(id)
    if (!own)
      throw new OssatureError('the recording has no labels', { where: file.where, found: `no ${id} in ${list.where}` })
    if (recordings.some((other) => other.id === id)) {
      throw new OssatureError(`there are two recordings '${id}'`, { where, found: file.name })
    }
    const { table, numbers, repeated } = readFrames(file)
    doubled += repeated
    const meta = { performer: Number(performer), repetition: Number(repetition) }
    const points = framePoints(table, { joints: JOINTS, first: 1 })
    const segments = own.map((interval) => segmentOf(interval, numbers, `${list.where}, ${id}`))
    recordings.push({ id, persons: 1, frames: numbers.length, segments, meta, points: () => points })
  }
  if (recordings.length === 0)
    throw new OssatureError('there are no recordings', { where, expected: 'joints_sSS_eEE.txt' })
  if (doubled > 0) notes.push(`${doubled} frames are listed twice; the first of each is taken.`)
  notes.push(`The labels are those of ${list.name}.`)
  return {
    name: 'utkinect',
    layout: 'nw_ucla',
    classes: UTKINECT_CLASSES,
    joints: JOINTS,
    channels: 3,
    notes,
    recordings,
  }
}

/** Rows in the order of their frame numbers, each number once. */
function readFrames(file: NamedFile): { table: NumberTable; numbers: number[]; repeated: number } {
  const { where } = file
  const columns = 1 + JOINTS * 3
  const table = readNumberTable(file.bytes(), where, {
    columns,
    separator: 'space',
    columnName: jointColumns(JOINTS, { first: 1 }),
  })
  const numbers: number[] = []
  const values = new Float64Array(table.values.length)
  for (let row = 0; row < table.rows; row++) {
    const number = table.values[row * columns]
    const before = numbers.at(-1)
    if (!Number.isInteger(number) || (before !== undefined && number < before)) {
      throw new OssatureError('the frame numbers do not rise', {
        where: `${where}, line ${table.lines[row]}`,
        expected: `a whole number from ${before ?? 0}`,
        found: `${number}`,
      })
    }
    if (number === before) continue
    values.set(table.values.subarray(row * columns, (row + 1) * columns), numbers.length * columns)
    numbers.push(number)
  }
  const rows = numbers.length
  return { table: { ...table, rows, values: values.subarray(0, rows * columns) }, numbers, repeated: table.rows - rows }
}

function segmentOf({ label, first, last }: Interval, numbers: readonly number[], where: string): Segment {
  const start = numbers.findIndex((number) => number >= first)
  const beyond = numbers.findIndex((number) => number > last)
  const end = beyond < 0 ? numbers.length : beyond
  if (start >= 0 && start < end) return { label, start, end, suffix: `_${UTKINECT_CLASSES[label]}` }
  throw new OssatureError('an interval has no frames', {
    where: `${where}, ${UTKINECT_CLASSES[label]}`,
    expected: `frames between ${numbers[0]} and ${numbers.at(-1)}`,
    found: `${first} to ${last}`,
  })
}

function readLabels(file: NamedFile): { intervals: Map<string, Interval[]>; notes: string[] } {
  const intervals = new Map<string, Interval[]>()
  const notes: string[] = []
  let id: string | undefined
  for (const [index, line] of decodeText(file.bytes(), file.where).split('\n').entries()) {
    const text = line.trim()
    const where = `${file.where}, line ${index + 1}`
    if (text === '') continue
    if (/^s\d\d_e\d\d$/.test(text)) {
      if (intervals.has(text)) throw new OssatureError('the recording stands twice', { where, found: text })
      id = text
      intervals.set(id, [])
      continue
    }
    const match = INTERVAL.exec(text)
    const label = match ? UTKINECT_CLASSES.indexOf(match[1]) : -1
    if (id === undefined || !match || label < 0) {
      throw new OssatureError('this is neither a recording nor an interval', {
        where,
        expected: `sSS_eEE, or one of ${UTKINECT_CLASSES.join(', ')} with two frame numbers`,
        found: JSON.stringify(text.slice(0, 60)),
      })
    }
    const [first, last] = [Number(match[2]), Number(match[3])]
    if (Number.isNaN(first) || Number.isNaN(last)) notes.push(`${id} has no ${match[1]}: its interval is not given.`)
    else intervals.get(id)!.push(checkedInterval({ label, first, last }, intervals.get(id)!, where))
  }
  return { intervals, notes }
}

function checkedInterval(interval: Interval, others: readonly Interval[], where: string): Interval {
  const { label, first, last } = interval
  if (first > last)
    throw new OssatureError('the interval ends before it begins', { where, found: `${first} to ${last}` })
  if (others.some((other) => other.label === label)) {
    throw new OssatureError('the action stands twice', { where, found: UTKINECT_CLASSES[label] })
  }
  return interval
}
