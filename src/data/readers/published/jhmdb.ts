import { OssatureError } from '../../../errors.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { NUMPY_GLOBALS, NumpyArray } from '../../../files/pickle/numpy.ts'
import { readPickle } from '../../../files/pickle/pickle.ts'
import { describeValue, type PickleValue } from '../../../files/pickle/values.ts'
import type { Clip } from '../../clip.ts'
import { contentHash } from '../../content-hash.ts'
import { datasetOf } from '../../dataset.ts'
import type { Split } from '../../splits/split.ts'
import type { Reader } from '../reader.ts'
import { anyNamed } from '../shared/clip-files.ts'
import { checkFinite } from '../shared/pose-array.ts'

const JOINTS = 15
const FORM = /(?:^|\/)GT_(train|test)_([123])\.pkl$/

interface Pose {
  readonly action: string
  readonly points: Clip['points']
}

/**
 * JHMDB (Jhuang, Gall, Zuffi, Schmid, Black: Towards understanding action recognition, ICCV 2013) as circulated with
 * DD-Net: pickles `GT_train_1.pkl` to `GT_test_3.pkl` of one dictionary each, `pose` with arrays (frames, 15, 2) and
 * `label` with names. Coordinates are relative to the centre and the size of the person, y downwards. The files do not
 * name the films: clips are the same where their numbers are, and are counted within their class in the order of the
 * files. The splits become `jhmdb-1` to `jhmdb-3`.
 */
export const jhmdb: Reader = {
  name: 'jhmdb',
  description: 'JHMDB joints as of DD-Net: a folder or zip with GT_train_1.pkl, GT_test_1.pkl, ...',
  recognises: (files) => anyNamed(files, FORM),
  read: readJhmdb,
}

function readJhmdb(files: readonly NamedFile[], where: string) {
  const poses: Pose[] = []
  const known = new Map<string, number>()
  /** Split and clip. */
  const placed = new Set<string>()
  const parts = new Map<string, Record<'train' | 'test', number[]>>()
  for (const file of files) {
    const match = FORM.exec(file.name)
    if (!match) continue
    const [, part, number] = match as unknown as [string, 'train' | 'test', string]
    const split = parts.get(number) ?? { train: [], test: [] }
    parts.set(number, split)
    if (split[part].length > 0)
      throw new OssatureError('there are two such files', { where, found: `GT_${part}_${number}.pkl` })
    for (const [i, pose] of posesOf(file).entries()) {
      const key = `${pose.action} ${contentHash(pose.points)}`
      const index = known.get(key) ?? poses.length
      if (index === poses.length) {
        known.set(key, index)
        poses.push(pose)
      }
      if (placed.has(`${number} ${index}`)) {
        throw new OssatureError('a clip stands twice in the split', { where: `${file.where}, clip ${i}` })
      }
      placed.add(`${number} ${index}`)
      split[part].push(index)
    }
  }
  if (poses.length === 0)
    throw new OssatureError('there are no clips of JHMDB here', { where, expected: 'GT_train_1.pkl' })
  const classes = [...new Set(poses.map(({ action }) => action))].sort()
  const counts = new Map<string, number>()
  const clips = poses.map(({ action, points }): Clip => {
    const count = (counts.get(action) ?? 0) + 1
    counts.set(action, count)
    const id = `${action}_${String(count).padStart(3, '0')}`
    return { id, label: classes.indexOf(action), layout: 'jhmdb', points, meta: { frameRate: 30 } }
  })
  const complete = [...parts].filter(([, { train, test }]) => train.length > 0 && test.length > 0)
  const splits: Record<string, Split> = Object.fromEntries(
    complete.map(([number, split]) => [`jhmdb-${number}`, split]),
  )
  return datasetOf('jhmdb', classes, clips, complete.length > 0 ? { splits } : {})
}

function posesOf(file: NamedFile): Pose[] {
  const { where } = file
  const content = readPickle(file.bytes(), { where, globals: NUMPY_GLOBALS })
  const pose = content instanceof Map ? content.get('pose') : undefined
  const label = content instanceof Map ? content.get('label') : undefined
  if (!Array.isArray(pose) || !Array.isArray(label) || pose.length !== label.length || pose.length === 0) {
    throw new OssatureError('the pickle does not hold clips', {
      where,
      expected: "a dictionary with two lists of one length, 'pose' and 'label'",
      found:
        content instanceof Map
          ? `pose: ${describeValue(pose)}, label: ${describeValue(label)}`
          : describeValue(content),
    })
  }
  return pose.map((array, i) => {
    const action = label[i]
    if (typeof action !== 'string' || action === '') {
      throw new OssatureError('a label is no name', { where: `${where}, clip ${i}`, found: describeValue(action) })
    }
    return { action, points: pointsOf(array, `${where}, clip ${i}`) }
  })
}

function pointsOf(value: PickleValue, where: string): Clip['points'] {
  const shape = value instanceof NumpyArray ? value.shape : []
  const numbers = value instanceof NumpyArray && /^float/.test(value.dtype) ? value.data : undefined
  if (!numbers || shape.length !== 3 || !(shape[0] > 0) || shape[1] !== JOINTS || shape[2] !== 2) {
    throw new OssatureError('a pose is not an array of that shape', {
      where,
      expected: `floating-point numbers (frames, ${JOINTS}, 2)`,
      found: value instanceof NumpyArray ? `${value.dtype} (${shape.join(', ')})` : describeValue(value),
    })
  }
  const form = { persons: 1, frames: shape[0], joints: JOINTS, channels: 2 }
  checkFinite(numbers as ArrayLike<number>, form, where)
  return { data: Float32Array.from(numbers as ArrayLike<number>), ...form }
}
