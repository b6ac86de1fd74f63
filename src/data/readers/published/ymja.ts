import { OssatureError } from '../../../errors.ts'
import { parseJson } from '../../../files/json.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import type { Reader } from '../reader.ts'
import { anyNamed, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { coordinateAt, field, listAt, objectAt } from '../shared/json-values.ts'

const JOINTS = 25
const PERSONS = ['perp', 'victim']
const FOLDERS = ['No_penalty', 'Tripping', 'Hooking', 'Holding', 'Slashing']
const FORM = /(?:^|\/)(No_penalty|Tripping|Hooking|Holding|Slashing)\/([^/]+)\.json$/

export const YMJA_CLASSES: readonly string[] = ['no penalty', 'tripping', 'hooking', 'holding', 'slashing']

/**
 * YMJA (Lisboa Perez, Liu, Kot: Interaction Relational Network for Mutual Action Recognition; ice hockey): a file
 * `CLASS/CLIP.json` per clip, a list of frames `{"frameNum", "perp": [75], "victim": [75]}` of OpenPose BODY_25 joints
 * (x, y, confidence) in pixels, y downwards. Person 0 is the offender. A joint that was not seen is 0, 0; joints that were
 * filled in have confidence 0, too. Set-up = number of the match, in the order of the names of the files.
 */
export const ymja: Reader = {
  name: 'ymja',
  description: 'YMJA ice hockey: a folder or zip with CLASS/CLIP.json',
  recognises: (files) => anyNamed(files, FORM),
  read(files, where, _, onDamaged) {
    const names = files.flatMap(({ name }) => FORM.exec(name)?.[2] ?? [])
    const matches = [...new Set(names.map(matchOf))].sort()
    const sources = sourcesOfFiles(files, FORM, (file, groups) => readClip(file, groups, matches))
    return datasetOfSources('ymja', YMJA_CLASSES, sources, where, { onDamaged })
  },
}

/** Date and teams, before the word that says whose broadcast it is. */
function matchOf(name: string): string {
  return name.replace(/-(?:home|away|national)\d*$/, '').replace(/^_/, '')
}

function readClip(file: NamedFile, [folder, name]: string[], matches: readonly string[]): Clip {
  const { where } = file
  const frames = listAt(parseJson(file.bytes(), where), where, 'a list of frames')
  if (frames.length === 0) throw new OssatureError('the file has no frames', { where })
  const data = new Float32Array(PERSONS.length * frames.length * JOINTS * 2)
  const score = new Float32Array(PERSONS.length * frames.length * JOINTS)
  for (const [person, key] of PERSONS.entries()) {
    for (const [frame, content] of frames.entries()) {
      const place = `${where}, frame ${frame}`
      const joints = field(objectAt(content, place, 'an object with perp and victim'), key)
      const numbers = listAt(joints, `${place}, ${key}`, `a list of ${JOINTS * 3} numbers`, JOINTS * 3)
      for (let joint = 0; joint < JOINTS; joint++) {
        const at = (person * frames.length + frame) * JOINTS + joint
        const coordinate = (i: number) =>
          coordinateAt(numbers[3 * joint + i], () => `${place}, ${key}, joint ${joint}, ${['x', 'y', 'confidence'][i]}`)
        const [x, y, confidence] = [coordinate(0), coordinate(1), coordinate(2)]
        data[2 * at] = x
        data[2 * at + 1] = y
        score[at] = confidence
      }
    }
  }
  return {
    id: `${folder}/${name}`,
    label: FOLDERS.indexOf(folder),
    layout: 'body-25',
    points: { data, persons: PERSONS.length, frames: frames.length, joints: JOINTS, channels: 2 },
    score,
    meta: { setup: matches.indexOf(matchOf(name)) + 1 },
  }
}
