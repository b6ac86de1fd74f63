import { OssatureError } from '../../../errors.ts'
import { baseName } from '../../../files/file-name.ts'
import { parseJson } from '../../../files/json.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import type { Reader } from '../reader.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { coordinateAt, field, listAt, objectAt, show } from '../shared/json-values.ts'

const JOINTS = 20
const CHANNELS = 3

/** Action numbers of the recordings in label order; 7 and 10 do not exist. */
const ACTIONS = [1, 2, 3, 4, 5, 6, 8, 9, 11, 12]

const NW_UCLA_CLASSES: readonly string[] = [
  'pick up with one hand',
  'pick up with two hands',
  'drop trash',
  'walk around',
  'sit down',
  'stand up',
  'donning',
  'doffing',
  'throw',
  'carry',
]

const POINT = `a list of ${CHANNELS} coordinates`
const FILE_NAME = /^a(\d\d)_s(\d\d)_e(\d\d)_v(\d\d)\.json$/

/**
 * Northwestern-UCLA Multiview Action3D (Wang, Nie, Xia, Wu, Zhu: Cross-view Action Modeling, Learning and Recognition,
 * CVPR 2014) as circulated with CTR-GCN: one file `aAA_sSS_eEE_vVV.json` (action, subject, episode, view) per clip,
 * `{"skeletons": [T][20][3]}` in metres, one person. Performer = subject, repetition = episode, camera = view.
 */
export const nwUcla: Reader = {
  name: 'nw-ucla',
  description: 'NW-UCLA: all_sqe.zip or its files aAA_sSS_eEE_vVV.json',
  recognises: (files) => files.some(({ name }) => FILE_NAME.test(baseName(name))),
  read(files, where, _, onDamaged) {
    const sources = files
      .filter(({ name }) => /\.json$/i.test(name))
      .map((file) => ({ where: file.where, read: () => readClip(file) }))
    return datasetOfSources('nw-ucla', NW_UCLA_CLASSES, sources, where, { onDamaged })
  },
}

function readClip(file: NamedFile): Clip {
  const { where } = file
  const match = FILE_NAME.exec(baseName(file.name))
  if (!match) {
    throw new OssatureError('the file name is not one of NW-UCLA', { where, expected: 'aAA_sSS_eEE_vVV.json' })
  }
  const [action, performer, repetition, camera] = match.slice(1).map(Number)
  const label = ACTIONS.indexOf(action)
  if (label < 0) {
    throw new OssatureError('unknown action', { where, expected: `one of ${ACTIONS.join(', ')}`, found: `${action}` })
  }
  const id = match[0].slice(0, -'.json'.length)
  const content = objectAt(parseJson(file.bytes(), where), where)
  const stated = field(content, 'file_name')
  if (stated !== undefined && stated !== id) {
    throw new OssatureError('the file holds another clip', { where, expected: id, found: show(stated) })
  }
  const points = readSkeletons(field(content, 'skeletons'), where)
  return { id, label, layout: 'nw_ucla', points, meta: { performer, repetition, camera } }
}

function readSkeletons(value: unknown, where: string): Clip['points'] {
  const skeletons = listAt(value, `${where}, skeletons`, 'a list of frames')
  if (skeletons.length === 0) throw new OssatureError('the clip has no frames', { where })
  const data = new Float32Array(skeletons.length * JOINTS * CHANNELS)
  let next = 0
  for (const [frame, skeleton] of skeletons.entries()) {
    const joints = listAt(skeleton, `${where}, frame ${frame}`, `a list of ${JOINTS} joints`, JOINTS)
    for (const [joint, point] of joints.entries()) {
      const coordinates = listAt(point, () => placeOf(where, frame, joint), POINT, CHANNELS)
      for (let axis = 0; axis < CHANNELS; axis++) {
        data[next++] = coordinateAt(coordinates[axis], () => `${placeOf(where, frame, joint)}, ${'xyz'[axis]}`)
      }
    }
  }
  return { data, persons: 1, frames: skeletons.length, joints: JOINTS, channels: CHANNELS }
}

const placeOf = (where: string, frame: number, joint: number) => `${where}, frame ${frame}, joint ${joint}`
