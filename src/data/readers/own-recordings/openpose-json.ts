import { OssatureError } from '../../../errors.ts'
import { parseJson } from '../../../files/json.ts'
import { type ClipFormat, readerOfFormat } from '../shared/clip-format.ts'
import { clipOfPoses, type DetectedPose } from '../shared/detected-poses.ts'
import { beginning, coordinateAt, field, type JsonObject, listAt, objectAt, show } from '../shared/json-values.ts'

const KEY = 'pose_keypoints_2d'

/** Numbers per person: (x, y, confidence) of so many joints. */
const LAYOUTS: Readonly<Record<number, { name: string; joints: number }>> = {
  51: { name: 'coco', joints: 17 },
  54: { name: 'openpose', joints: 18 },
  75: { name: 'body-25', joints: 25 },
}

/**
 * Files of OpenPose (Cao, Hidalgo, Simon, Wei, Sheikh, TPAMI 2021): a folder per clip with one JSON per frame,
 * `{"people": [{"person_id": [-1], "pose_keypoints_2d": [x, y, confidence, ...]}]}`, BODY_25 or COCO (18 joints), in
 * pixels. A joint that was not found has three zeros. Ids other than -1 are tracks. Frames are in the order of the file
 * names; hands, face and 3-D points are passed over.
 */
export const openposeFolder: ClipFormat = {
  name: 'openpose',
  description: 'OpenPose: a folder per clip with a JSON file per frame',
  unit: 'folder',
  named: (name) => name.endsWith('.json'),
  begins: (file) => /"people"\s*:/.test(beginning(file.bytes())),
  read(files, where) {
    const bytes = files.reduce((sum, { size }) => sum + size, 0)
    const layout: { found?: string } = {}
    const frames = files.map((file) => readPeople(parseJson(file.bytes(), file.where), file.where, layout))
    if (layout.found === undefined) {
      throw new OssatureError('the clip shows nobody in any frame', { where, hint: 'Leave the clip out.' })
    }
    const { name, joints } = Object.values(LAYOUTS).find(({ name }) => name === layout.found)!
    return clipOfPoses(frames, { layout: name, joints, channels: 2 }, { bytes, where })
  },
}

export const openposeJson = readerOfFormat(openposeFolder)

function readPeople(content: unknown, where: string, layout: { found?: string }): DetectedPose[] {
  const people = listAt(field(objectAt(content, where), 'people'), `${where}, people`)
  return people.flatMap((person, i) => {
    const place = `${where}, people ${i}`
    const object = objectAt(person, place)
    const numbers = listAt(field(object, KEY), `${place}, ${KEY}`, 'a list of numbers')
    // Without a body there may still be hands.
    return numbers.length === 0 ? [] : [readPose(object, numbers, place, layout)]
  })
}

function readPose(
  person: JsonObject,
  numbers: readonly unknown[],
  where: string,
  layout: { found?: string },
): DetectedPose {
  const known = Object.hasOwn(LAYOUTS, numbers.length) ? LAYOUTS[numbers.length] : undefined
  layout.found ??= known?.name
  if (!known || known.name !== layout.found) {
    const expected = known ? `${layout.found}, as before` : `${Object.keys(LAYOUTS).join(', ')} numbers`
    throw new OssatureError('a pose has another number of joints', {
      where: `${where}, ${KEY}`,
      expected,
      found: `${numbers.length} numbers`,
    })
  }
  const joints = new Float32Array(known.joints * 2)
  const scores = new Float32Array(known.joints)
  for (let joint = 0; joint < known.joints; joint++) {
    const at = (i: number) => coordinateAt(numbers[3 * joint + i], () => `${where}, joint ${joint}, ${names[i]}`)
    joints[2 * joint] = at(0)
    joints[2 * joint + 1] = at(1)
    scores[joint] = at(2)
  }
  return { ...trackOf(person, where), joints, scores }
}

const names = ['x', 'y', 'confidence']

function trackOf(person: JsonObject, where: string): { track?: string } {
  const id = field(person, 'person_id')
  const value = Array.isArray(id) && id.length === 1 ? id[0] : id
  if (value === undefined || value === -1) return {}
  if (typeof value === 'number' && Number.isInteger(value)) return { track: `${value}` }
  if (Array.isArray(value) && value.length === 0) return {}
  throw new OssatureError('the id of a person is no integer', { where: `${where}, person_id`, found: show(id) })
}
