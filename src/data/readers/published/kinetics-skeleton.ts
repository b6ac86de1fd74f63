import { OssatureError } from '../../../errors.ts'
import { stemOf } from '../../../files/file-name.ts'
import { parseJson } from '../../../files/json.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { unnamedClasses } from '../../classes/unnamed-classes.ts'
import type { Clip } from '../../clip.ts'
import type { OnDamaged, Reader } from '../reader.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { clipOfPoses, type DetectedPose, type PoseClip } from '../shared/detected-poses.ts'
import { beginning, coordinateAt, field, integerAt, listAt, objectAt, show } from '../shared/json-values.ts'

const JOINTS = 18

/** Most classes: a larger label is damage. */
const MAX_LABEL = 9_999

/** Frames of a clip; those of Kinetics have 300. */
const MAX_FRAMES = 100_000

const LIST = /_label\.json$/

/**
 * Kinetics-Skeleton (Yan, Xiong, Lin: Spatial Temporal Graph Convolutional Networks, AAAI 2018): a JSON per clip,
 * `{"data": [{"frame_index": 1, "skeleton": [{"pose": [x, y, ...], "score": [...]}]}], "label": "...", "label_index": 0}`,
 * 18 joints of OpenPose as shares of the image. Frames count from 1; those without a pose are 0. Persons stand in the order
 * of their scores, frame by frame. Folders `kinetics_train` and `kinetics_val` become the split `kinetics`. Clips that
 * show nobody, which `..._label.json` marks by `has_skeleton`, are left out.
 */
export const kineticsSkeleton: Reader = {
  name: 'kinetics-skeleton',
  description: 'Kinetics-Skeleton: a folder or zip with a JSON per clip, frames with skeletons, and its label',
  recognises(files) {
    const first = files.find(isClip)
    if (!first) return false
    const text = beginning(first.bytes())
    return /"frame_index"\s*:/.test(text) && /"skeleton"\s*:/.test(text)
  },
  read: (files, where, _, onDamaged) => readKinetics(files, where, onDamaged),
}

function isClip({ name }: NamedFile): boolean {
  return name.endsWith('.json') && !LIST.test(name)
}

function readKinetics(files: readonly NamedFile[], where: string, onDamaged: OnDamaged | undefined) {
  const names = new Map<number, string>()
  const empty = new Set<string>()
  for (const list of files.filter(({ name }) => LIST.test(name))) readList(list, names, empty)
  const clips = files.filter((file) => isClip(file) && !empty.has(stemOf(file.name)))
  const sources = clips.map((file) => ({ where: file.where, read: () => readClip(file, names) }))
  const dataset = datasetOfSources('kinetics-skeleton', [], sources, where, { onDamaged })
  const most = dataset.entries.reduce((largest, { label }) => Math.max(largest, label), 0)
  const classes = unnamedClasses(most + 1).map((name, label) => names.get(label) ?? name)
  const folders = new Map(clips.map(({ name }) => [stemOf(name), name]))
  const part = (form: RegExp) => dataset.entries.flatMap(({ id }, i) => (form.test(folders.get(id)!) ? [i] : []))
  const kinetics = { train: part(/(^|\/)kinetics_train\//), test: part(/(^|\/)kinetics_val\//) }
  const divided = kinetics.train.length > 0 && kinetics.test.length > 0
  const notes = empty.size > 0 ? [`${empty.size} clips show nobody and were left out.`] : []
  return { ...dataset, classes, ...(divided && { splits: { kinetics } }), ...(notes.length > 0 && { notes }) }
}

/** `{"ID": {"has_skeleton": true, "label": "...", "label_index": 0}}` */
function readList(file: NamedFile, names: Map<number, string>, empty: Set<string>): void {
  for (const [id, value] of Object.entries(objectAt(parseJson(file.bytes(), file.where), file.where))) {
    const entry = objectAt(value, `${file.where}, ${id}`)
    keepName(names, readLabel(entry, `${file.where}, ${id}`), file.where)
    if (field(entry, 'has_skeleton') === false) empty.add(id)
  }
}

function readClip(file: NamedFile, names: Map<number, string>): Clip {
  const { where } = file
  const content = objectAt(parseJson(file.bytes(), where), where)
  const label = readLabel(content, where)
  keepName(names, label, where)
  const { meta, ...poses } = readKineticsPoses(content, file.size, where)
  return { id: stemOf(file.name), label: label.index, ...poses, meta: { ...meta } }
}

/** The poses of one clip's content. @throws OssatureError naming frame, person and joint */
export function readKineticsPoses(content: Readonly<Record<string, unknown>>, bytes: number, where: string): PoseClip {
  const data = listAt(field(content, 'data'), `${where}, data`, 'a list of frames')
  const frames: DetectedPose[][] = []
  for (const [i, value] of data.entries()) {
    const frame = objectAt(value, `${where}, data ${i}`)
    const number = integerAt(field(frame, 'frame_index'), `${where}, data ${i}, frame_index`, 1)
    if (number > MAX_FRAMES || number <= frames.length) {
      throw new OssatureError('frames do not follow one another', {
        where: `${where}, data ${i}`,
        expected: `a frame_index from ${frames.length + 1} to ${MAX_FRAMES}`,
        found: `${number}`,
      })
    }
    while (frames.length < number - 1) frames.push([])
    const persons = listAt(field(frame, 'skeleton'), `${where}, frame ${number}, skeleton`)
    frames.push(persons.map((person, m) => readPose(person, `${where}, frame ${number}, skeleton ${m}`)))
  }
  return clipOfPoses(frames, { layout: 'openpose', joints: JOINTS, channels: 2, byScore: true }, { bytes, where })
}

function readPose(value: unknown, where: string): DetectedPose {
  const person = objectAt(value, where)
  const pose = listAt(field(person, 'pose'), `${where}, pose`, `${2 * JOINTS} numbers`, 2 * JOINTS)
  const score = listAt(field(person, 'score'), `${where}, score`, `${JOINTS} numbers`, JOINTS)
  return {
    joints: pose.map((number, i) => coordinateAt(number, () => `${where}, joint ${i >> 1}, ${'xy'[i % 2]}`)),
    scores: score.map((number, i) => coordinateAt(number, () => `${where}, joint ${i}, score`)),
  }
}

interface Label {
  readonly index: number
  readonly name?: string
}

function readLabel(object: Readonly<Record<string, unknown>>, where: string): Label {
  const index = integerAt(field(object, 'label_index'), `${where}, label_index`)
  if (index > MAX_LABEL) {
    throw new OssatureError('the label is out of range', { where, expected: `at most ${MAX_LABEL}`, found: `${index}` })
  }
  const name = field(object, 'label')
  if (name === undefined || typeof name === 'string') return { index, name }
  throw new OssatureError('the name of the class is no text', { where: `${where}, label`, found: show(name) })
}

function keepName(names: Map<number, string>, { index, name }: Label, where: string): void {
  const other = names.get(index)
  if (name === undefined || other === name) return
  if (other !== undefined) {
    const found = `'${name}'`
    throw new OssatureError(`class ${index} has two names`, { where, expected: `'${other}', as before`, found })
  }
  names.set(index, name)
}
