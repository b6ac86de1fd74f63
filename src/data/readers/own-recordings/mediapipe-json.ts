import { OssatureError } from '../../../errors.ts'
import { parseJson } from '../../../files/json.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { ClipFormat } from '../shared/clip-format.ts'
import { clipOfPoses, type DetectedPose, type PoseClip } from '../shared/detected-poses.ts'
import {
  beginning,
  coordinateAt,
  field,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  show,
} from '../shared/json-values.ts'
import { layoutOfJoints } from '../shared/layout-of-joints.ts'

/** Under which keys the tasks and the older solutions of MediaPipe give landmarks of the image and of space. */
const KEYS = {
  image: [
    ...['landmarks', 'poseLandmarks', 'pose_landmarks', 'handLandmarks', 'hand_landmarks', 'multiHandLandmarks'],
    'multi_hand_landmarks',
  ],
  world: [
    ...['worldLandmarks', 'poseWorldLandmarks', 'pose_world_landmarks', 'handWorldLandmarks', 'hand_world_landmarks'],
    ...['multiHandWorldLandmarks', 'multi_hand_world_landmarks', 'world_landmarks'],
  ],
} as const

/** MediaPipe's landmarks of the image, or those of space. */
export type Landmarks = keyof typeof KEYS

export interface MediapipeOptions {
  /** Landmarks of the image (x, y as shares of it; the depth is left out) or of space (x, y, z in metres). Default image. */
  readonly landmarks?: Landmarks
}

/**
 * Landmarks of MediaPipe (Lugaresi et al., 2019), pose (33) or hand (21), a JSON file per clip: a list of results, one per
 * frame, or an object with that list as `frames`. A result is what the tasks or the older solutions give
 * (`landmarks`, `poseLandmarks`, `multi_hand_landmarks`, ...), a list of `{x, y, z, visibility}` or of such lists, one per
 * person or hand; or that list itself. Visibilities become confidences. Hands with `handedness` are told
 * apart by it, and a left hand comes before a right one.
 */
export function mediapipeFile({ landmarks = 'image' }: MediapipeOptions = {}): ClipFormat {
  return {
    name: 'mediapipe',
    description: 'MediaPipe: a JSON file per clip with the landmarks of each frame, pose or hand',
    unit: 'file',
    named: (name) => name.endsWith('.json'),
    begins: (file) => looksLikeMediapipe(beginning(file.bytes())),
    read: ([file]) => readMediapipe(file, landmarks),
  }
}

function looksLikeMediapipe(text: string): boolean {
  const keyed = [...KEYS.image, ...KEYS.world].some((key) => text.includes(`"${key}"`))
  return keyed || /^\s*(\{\s*"frames"\s*:\s*)?\[\s*(\[\s*)*\{\s*"x"\s*:/.test(text)
}

function readMediapipe(file: NamedFile, kind: keyof typeof KEYS): PoseClip {
  const { where, size } = file
  const content = parseJson(file.bytes(), where)
  const list = isObject(content) ? field(content, 'frames') : content
  const frames = listAt(list, `${where}, frames`, 'a list of frames')
  const channels = kind === 'image' ? 2 : 3
  const form: { joints?: number } = {}
  const poses = frames.map((frame, t) => readFrame(frame, kind, channels, form, `${where}, frame ${t}`))
  if (form.joints === undefined) {
    throw new OssatureError('the clip shows nobody in any frame', {
      where,
      expected: `landmarks under ${KEYS[kind].slice(0, 4).join(', ')}, ...`,
      hint: 'Leave the clip out.',
    })
  }
  const layout = layoutOfJoints(form.joints, channels, where)
  return clipOfPoses(poses, { layout, joints: form.joints, channels, byName: true }, { bytes: size, where })
}

function readFrame(
  frame: unknown,
  kind: keyof typeof KEYS,
  channels: 2 | 3,
  form: { joints?: number },
  where: string,
): DetectedPose[] {
  // A frame without a result.
  if (frame === null) return []
  const found = isObject(frame) ? KEYS[kind].map((key) => field(frame, key)).find((value) => value != null) : frame
  if (found === undefined) return []
  const list = listAt(landmarksIn(found), where, 'a list of landmarks')
  if (list.length === 0) return []
  const one = isObject(list[0]) && !Array.isArray(landmarksIn(list[0]))
  const persons = one ? [list] : list
  const sides = isObject(frame) ? sidesOf(frame, persons.length, where) : undefined
  return persons.map((person, m) => {
    const landmarks = listAt(landmarksIn(person), `${where}, person ${m}`, 'a list of landmarks')
    form.joints ??= landmarks.length
    if (landmarks.length !== form.joints) {
      const expected = `${form.joints}, as before`
      const found = `${landmarks.length}`
      throw new OssatureError('a pose has another number of landmarks', {
        where: `${where}, person ${m}`,
        expected,
        found,
      })
    }
    return { ...readLandmarks(landmarks, channels, `${where}, person ${m}`), ...(sides && { track: sides[m] }) }
  })
}

/** Protocol buffers print a list as an object with the key `landmark`. */
function landmarksIn(person: unknown): unknown {
  return isObject(person) ? field(person, 'landmark') : person
}

function readLandmarks(landmarks: readonly unknown[], channels: 2 | 3, where: string): DetectedPose {
  const joints = new Float32Array(landmarks.length * channels)
  const scores = new Float32Array(landmarks.length)
  let scored = false
  for (const [joint, value] of landmarks.entries()) {
    const landmark = objectAt(value, `${where}, landmark ${joint}`, 'a landmark {x, y, z}')
    const at = (key: string) => coordinateAt(field(landmark, key), () => `${where}, landmark ${joint}, ${key}`)
    for (let c = 0; c < channels; c++) joints[joint * channels + c] = at('xyz'[c])
    if (field(landmark, 'visibility') === undefined) continue
    scored = true
    scores[joint] = at('visibility')
  }
  return { joints, ...(scored && { scores }) }
}

/** The side of each hand, where the result tells and no side stands twice. */
function sidesOf(frame: JsonObject, hands: number, where: string): string[] | undefined {
  const value = field(frame, 'handedness') ?? field(frame, 'handednesses') ?? field(frame, 'multiHandedness')
  if (value === undefined || value === null) return undefined
  const sides = listAt(value, `${where}, handedness`, `a list of ${hands} hands`, hands).map((entry) => {
    const category = Array.isArray(entry) ? entry[0] : entry
    const name = isObject(category) ? (field(category, 'categoryName') ?? field(category, 'label')) : category
    if (name === 'Left' || name === 'Right') return name
    throw new OssatureError('a hand is neither left nor right', {
      where: `${where}, handedness`,
      expected: 'Left or Right as categoryName or label',
      found: show(name),
    })
  })
  return new Set(sides).size === sides.length ? sides : undefined
}
