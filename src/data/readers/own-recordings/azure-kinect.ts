import { OssatureError } from '../../../errors.ts'
import { parseJson } from '../../../files/json.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { ClipFormat } from '../shared/clip-format.ts'
import { clipOfPoses, type DetectedPose, type PoseClip } from '../shared/detected-poses.ts'
import { beginning, coordinateAt, field, integerAt, isObject, listAt, objectAt } from '../shared/json-values.ts'

const JOINTS = 32

/** K4ABT_JOINT_CONFIDENCE_NONE to HIGH. */
const CONFIDENCES = 3

/**
 * Body tracking of Azure Kinect, a JSON file per clip as the offline processor of Microsoft's samples writes it:
 * `{"frames": [{"bodies": [{"body_id": 1, "joint_positions": [[x, y, z], ...]}]}]}`, 32 joints in millimetres. A body is a
 * person by its id. Levels `joint_confidence_levels` 0 to 3, where some programs write them, become confidences 0 to 1.
 */
export const azureKinectFile: ClipFormat = {
  name: 'azure-kinect',
  description: 'Azure Kinect body tracking: a JSON file per clip with frames, bodies and joint_positions',
  unit: 'file',
  named: (name) => name.endsWith('.json'),
  // The tables of bones and joints stand first, or the frames do.
  begins: (file) =>
    /"(joint_positions|joint_orientations|bone_list|k4abt_sdk_version|bodies)"\s*:/.test(beginning(file.bytes())),
  read: ([file]) => readAzureKinect(file),
}

function readAzureKinect(file: NamedFile): PoseClip {
  const { where, size } = file
  const content = objectAt(parseJson(file.bytes(), where), where)
  const frames = listAt(field(content, 'frames'), `${where}, frames`, 'a list of frames').map((value, t) => {
    const place = `${where}, frame ${t}`
    const bodies = listAt(field(objectAt(value, place), 'bodies'), `${place}, bodies`)
    return bodies.map((body, m) => readBody(body, `${place}, body ${m}`))
  })
  return clipOfPoses(frames, { layout: 'azure-kinect', joints: JOINTS, channels: 3 }, { bytes: size, where })
}

function readBody(value: unknown, where: string): DetectedPose {
  const body = objectAt(value, where)
  const id = field(body, 'body_id')
  const positions = listAt(field(body, 'joint_positions'), `${where}, joint_positions`, `${JOINTS} joints`, JOINTS)
  const joints = new Float32Array(JOINTS * 3)
  for (const [joint, position] of positions.entries()) {
    const place = `${where}, joint ${joint}`
    const point = isObject(position) ? [...'xyz'].map((axis) => field(position, axis)) : position
    const numbers = listAt(point, place, '3 coordinates', 3)
    for (let c = 0; c < 3; c++) joints[joint * 3 + c] = coordinateAt(numbers[c], () => `${place}, ${'xyz'[c]}`)
  }
  const levels = field(body, 'joint_confidence_levels')
  return {
    joints,
    ...(id !== undefined && { track: `${integerAt(id, `${where}, body_id`)}` }),
    ...(levels !== undefined && { scores: readLevels(levels, `${where}, joint_confidence_levels`) }),
  }
}

function readLevels(value: unknown, where: string): Float32Array {
  const levels = listAt(value, where, `${JOINTS} levels`, JOINTS)
  return Float32Array.from(levels, (level, joint) => {
    const number = integerAt(level, `${where}, joint ${joint}`)
    if (number <= CONFIDENCES) return number / CONFIDENCES
    const expected = `0 to ${CONFIDENCES}`
    throw new OssatureError('there is no such level', {
      where: `${where}, joint ${joint}`,
      expected,
      found: `${number}`,
    })
  })
}
