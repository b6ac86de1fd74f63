import { OssatureError } from '../../../errors.ts'
import { toNumbers } from '../../../files/array-elements.ts'
import { textLines } from '../../../files/decode-text.ts'
import { parseJson } from '../../../files/json.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { type NpyArray, readNpy } from '../../../files/npy.ts'
import { readZip } from '../../../files/zip/zip.ts'
import { unnamedClasses } from '../../classes/unnamed-classes.ts'
import type { Dataset } from '../../dataset.ts'
import { clipsOfRecordings, type Recording, type RecordingSet, type Segment } from '../../recording.ts'
import type { Split } from '../../splits/split.ts'
import type { Reader } from '../reader.ts'
import { field, integerAt, listAt, objectAt, show } from '../shared/json-values.ts'
import { checkFinite } from '../shared/pose-array.ts'

const FORM = /(?:^|\/)(P(\d+)T(\d+)C(\d+))[^/]*\.npz$/
const LIST = /(?:^|\/)smarthome_(CS|CV)_\d+\.json$/
const NAMES = /(?:^|\/)Action_list(\.txt)?$/i
const JOINTS = 17

/**
 * Toyota Smarthome Untrimmed (Dai et al.: Toyota Smarthome Untrimmed: Real-World Untrimmed Videos for Activity Detection,
 * TPAMI 2022): an archive `P11T13C03....npz` per video with `kpts` (T, 17, 2), COCO joints in pixels of 640 x 480, and
 * `smarthome_CS_51.json` and/or `..._CV_51.json` with the actions of all videos, `{"P11T13C03": {"subset", "duration",
 * "actions": [[class, first, last]]}}`, frames from 0, both included, which may overlap. `Action_list` names the classes. A
 * clip is an action; the lists become the splits `cross-subject` and `cross-view`. A frame without a person is 0.
 */
export const toyotaTsu: Reader = {
  name: 'toyota-tsu',
  description: 'Toyota Smarthome Untrimmed: .npz files of 2-D joints with smarthome_CS_51.json or smarthome_CV_51.json',
  recognises: (files) => files.some(({ name }) => FORM.test(name)) && files.some(({ name }) => LIST.test(name)),
  read(files, where) {
    const { set, subsets } = readToyotaRecordings(files, where)
    const dataset = clipsOfRecordings(set)
    const splits = splitsOf(dataset, subsets)
    return Object.keys(splits).length > 0 ? { ...dataset, splits } : dataset
  },
}

/** The videos, uncut, and by protocol the part that each belongs to. @throws OssatureError naming video and interval */
export function readToyotaRecordings(files: readonly NamedFile[], where: string) {
  const lists = files.filter(({ name }) => LIST.test(name))
  const contents = lists.map((file) => objectAt(parseJson(file.bytes(), file.where), file.where))
  const names = files.find(({ name }) => NAMES.test(name))
  const classes = names ? readNames(names) : unnamedClasses(51)
  const recordings: Recording[] = []
  const subsets = new Map<string, Map<string, string>>()
  for (const file of files) {
    const match = FORM.exec(file.name)
    if (!match) continue
    const [, id, performer, , camera] = match
    const [frames] = keypointsOf(file).shape
    const segments = new Map<string, Segment>()
    for (const [i, list] of lists.entries()) {
      const value = field(contents[i], id)
      if (value === undefined) {
        throw new OssatureError('the video is not listed', {
          where: file.where,
          expected: `an entry ${id} in ${list.where}`,
        })
      }
      const entry = objectAt(value, `${list.where}, ${id}`)
      const protocol = LIST.exec(list.name)![1] === 'CS' ? 'cross-subject' : 'cross-view'
      const videos = subsets.get(protocol) ?? new Map<string, string>()
      subsets.set(protocol, videos.set(id, subsetOf(field(entry, 'subset'), `${list.where}, ${id}`)))
      for (const segment of segmentsOf(field(entry, 'actions'), frames, classes.length, `${list.where}, ${id}`)) {
        segments.set(segment.suffix, segment)
      }
    }
    recordings.push({
      id,
      persons: 1,
      frames,
      segments: [...segments.values()],
      meta: { performer: Number(performer), camera: Number(camera), imageWidth: 640, imageHeight: 480 },
      points: () => pointsOf(keypointsOf(file), file.where),
    })
  }
  const set: RecordingSet = { name: 'toyota-tsu', layout: 'coco', classes, joints: JOINTS, channels: 2, recordings }
  if (recordings.length === 0) throw new OssatureError('there are no videos here', { where, expected: 'P..T..C...npz' })
  return { set, subsets }
}

function keypointsOf(file: NamedFile): NpyArray {
  const member = readZip(file.bytes(), file.where).find(({ name }) => name === 'kpts.npy')
  const array = member && readNpy(member.bytes(), member.where)
  if (array && array.shape.length === 3 && array.shape[0] > 0 && array.shape[1] === JOINTS && array.shape[2] === 2)
    return array
  throw new OssatureError('there are no joints of the video', {
    where: `${file.where}, kpts`,
    expected: `numbers (frames, ${JOINTS}, 2)`,
    found: array ? `(${array.shape.join(', ')})` : 'no such array',
  })
}

function pointsOf(keypoints: NpyArray, where: string) {
  const [frames] = keypoints.shape
  const data = Float32Array.from(toNumbers(keypoints.data()))
  checkFinite(data, { frames, joints: JOINTS, channels: 2 }, where)
  return { data, persons: 1, frames, joints: JOINTS, channels: 2 }
}

function segmentsOf(value: unknown, frames: number, classes: number, where: string): Segment[] {
  return listAt(value, `${where}, actions`).map((action, i) => {
    const place = `${where}, actions ${i}`
    const numbers = listAt(action, place, '[class, first, last]', 3)
    const [label, first, last] = numbers.map((number) => integerAt(number, place))
    if (label >= classes || first > last || first >= frames) {
      throw new OssatureError('the action is not inside the video', {
        where: place,
        expected: `a class below ${classes}, frames from 0 to ${frames - 1}`,
        found: `[${label}, ${first}, ${last}]`,
      })
    }
    // Some intervals end a little behind the video.
    const end = Math.min(last + 1, frames)
    return { label, start: first, end, suffix: `_${label}_${first}_${last}` }
  })
}

function subsetOf(value: unknown, where: string): string {
  if (value === 'training' || value === 'testing') return value
  throw new OssatureError('there is no such subset', { where, expected: 'training or testing', found: show(value) })
}

/** `number, tab, name` per line, numbers from 0. */
function readNames(file: NamedFile): string[] {
  return textLines(file.bytes(), file.where).map((line, label) => {
    const match = /^(\d+)\s+(\S.*)$/.exec(line)
    if (match && Number(match[1]) === label) return match[2]
    throw new OssatureError('the line names no class', {
      where: `${file.where}, line ${label + 1}`,
      expected: `${label} and a name`,
      found: `'${line.slice(0, 60)}'`,
    })
  })
}

function splitsOf(dataset: Dataset, subsets: ReadonlyMap<string, ReadonlyMap<string, string>>): Record<string, Split> {
  const splits: Record<string, Split> = {}
  for (const [protocol, videos] of subsets) {
    const part = (subset: string) =>
      dataset.entries.flatMap(({ id }, i) => (videos.get(id.slice(0, id.indexOf('_'))) === subset ? [i] : []))
    const split = { train: part('training'), test: part('testing') }
    if (split.train.length > 0 && split.test.length > 0) splits[protocol] = split
  }
  return splits
}
