import { OssatureError } from '../../errors.ts'
import { listFiles } from '../../files/file-tree.ts'
import { parseJson } from '../../files/json.ts'
import type { NamedFile } from '../../files/named-file.ts'
import type { Clip } from '../clip.ts'
import { type Dataset, datasetOf } from '../dataset.ts'
import { isObject, show } from './json-values.ts'
import type { Reader } from './reader.ts'

const JOINTS = 20
const CHANNELS = 3

/** Action numbers of the recordings in label order; 7 and 10 do not exist. */
const ACTIONS = [1, 2, 3, 4, 5, 6, 8, 9, 11, 12]

export const NW_UCLA_CLASSES: readonly string[] = [
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

const FILE_NAME = /^a(\d\d)_s(\d\d)_e(\d\d)_v(\d\d)\.json$/

/**
 * Northwestern-UCLA Multiview Action3D (Wang, Nie, Xia, Wu, Zhu: Cross-view Action Modeling, Learning and Recognition,
 * CVPR 2014) as circulated with CTR-GCN: one file `aAA_sSS_eEE_vVV.json` (action, subject, episode, view) per clip,
 * `{"skeletons": [T][20][3]}` in metres, one person. Performer = subject, repetition = episode, camera = view.
 */
export const nwUcla: Reader = {
  name: 'nw-ucla',
  description: 'NW-UCLA: all_sqe.zip or its files aAA_sSS_eEE_vVV.json',
  recognises: (files) => files.some(({ name }) => FILE_NAME.test(lastPart(name))),
  read: readFiles,
}

/** Reads `all_sqe.zip` or a folder with its files; clips are sorted by id. @throws OssatureError */
export function readNwUcla(path: string): Dataset {
  return readFiles(listFiles(path), path)
}

function readFiles(files: readonly NamedFile[], where: string): Dataset {
  const clips: Clip[] = []
  const seen = new Map<string, string>()
  for (const file of files) {
    if (!file.name.toLowerCase().endsWith('.json')) continue
    const clip = readClip(file)
    const other = seen.get(clip.id)
    if (other) {
      throw new OssatureError(`there are two clips '${clip.id}'`, { where, found: `${other} and ${file.name}` })
    }
    seen.set(clip.id, file.name)
    clips.push(clip)
  }
  if (clips.length === 0) {
    throw new OssatureError('there are no NW-UCLA clips here', { where, expected: 'files aAA_sSS_eEE_vVV.json' })
  }
  clips.sort((a, b) => (a.id < b.id ? -1 : 1))
  return datasetOf('nw-ucla', NW_UCLA_CLASSES, clips)
}

function readClip(file: NamedFile): Clip {
  const { where } = file
  const match = FILE_NAME.exec(lastPart(file.name))
  if (!match) {
    throw new OssatureError('the file name is not one of NW-UCLA', { where, expected: 'aAA_sSS_eEE_vVV.json' })
  }
  const [action, performer, repetition, camera] = match.slice(1).map(Number)
  const label = ACTIONS.indexOf(action)
  if (label < 0) {
    throw new OssatureError('unknown action', { where, expected: `one of ${ACTIONS.join(', ')}`, found: `${action}` })
  }
  const id = match[0].slice(0, -'.json'.length)
  const content = parseJson(file.bytes(), where)
  if (!isObject(content)) throw new OssatureError('the file does not hold an object', { where })
  if (content.file_name !== undefined && content.file_name !== id) {
    throw new OssatureError('the file holds another clip', { where, expected: id, found: show(content.file_name) })
  }
  const points = readSkeletons(content.skeletons, where)
  return { id, label, layout: 'nw_ucla', points, meta: { performer, repetition, camera } }
}

function readSkeletons(skeletons: unknown, where: string): Clip['points'] {
  if (!Array.isArray(skeletons) || skeletons.length === 0) {
    throw new OssatureError("'skeletons' is not a list of frames", {
      where,
      expected: 'at least one frame',
      found: Array.isArray(skeletons) ? 'an empty list' : show(skeletons),
    })
  }
  const data = new Float32Array(skeletons.length * JOINTS * CHANNELS)
  let next = 0
  for (let frame = 0; frame < skeletons.length; frame++) {
    const joints: unknown = skeletons[frame]
    if (!isListOf(joints, JOINTS)) throw wrongList(joints, `${JOINTS} joints`, `${where}, frame ${frame}`)
    for (let joint = 0; joint < JOINTS; joint++) {
      const point = joints[joint]
      if (!isListOf(point, CHANNELS)) {
        throw wrongList(point, `${CHANNELS} coordinates`, `${where}, frame ${frame}, joint ${joint}`)
      }
      for (let channel = 0; channel < CHANNELS; channel++) {
        const value = point[channel]
        data[next] = value as number
        if (typeof value !== 'number' || !Number.isFinite(data[next])) {
          throw new OssatureError('a coordinate is not a number that float32 can hold', {
            where: `${where}, frame ${frame}, joint ${joint}, ${'xyz'[channel]}`,
            found: show(value),
          })
        }
        next += 1
      }
    }
  }
  return { data, persons: 1, frames: skeletons.length, joints: JOINTS, channels: CHANNELS }
}

function isListOf(value: unknown, length: number): value is unknown[] {
  return Array.isArray(value) && value.length === length
}

function wrongList(value: unknown, expected: string, where: string): OssatureError {
  return new OssatureError('the skeletons do not have the shape (frames, 20, 3)', {
    where,
    expected,
    found: show(value),
  })
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
