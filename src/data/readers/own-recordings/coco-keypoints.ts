import { OssatureError } from '../../../errors.ts'
import { parseJson } from '../../../files/json.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { ClipMeta } from '../../clip.ts'
import type { ClipFormat } from '../shared/clip-format.ts'
import { clipOfPoses, type DetectedPose, type PoseClip } from '../shared/detected-poses.ts'
import { beginning, coordinateAt, field, type JsonObject, listAt, objectAt, show } from '../shared/json-values.ts'
import { layoutOfJoints } from '../shared/layout-of-joints.ts'

/**
 * Keypoints in the form of COCO (Lin et al., ECCV 2014), a JSON file per clip: either `{"images", "annotations",
 * "categories"}`, where frames are the images in the order of `frame_id` if all have one, else as listed, and the third
 * number of a joint is 0 (not labelled), 1 or 2; or the list of results `[{"image_id", "keypoints", "score"}]`, where
 * frames are the images in the order of their ids and the third number is a confidence. 17 joints (133 of
 * COCO-WholeBody), in pixels. `track_id` (or `idx`) makes tracks.
 */
export const cocoFile: ClipFormat = {
  name: 'coco',
  description: 'COCO keypoints: a JSON file per clip with images and annotations, or a list of results',
  unit: 'file',
  named: (name) => name.endsWith('.json'),
  begins(file) {
    const text = beginning(file.bytes())
    // `annotations` may begin far behind the images.
    return /"keypoints"\s*:|"annotations"\s*:/.test(text)
      ? /"image_id"\s*:|"images"\s*:/.test(text)
      : /^\s*\{\s*"images"\s*:/.test(text)
  },
  read: ([file]) => readCoco(file),
}

function readCoco(file: NamedFile): PoseClip {
  const { where, size } = file
  const content = parseJson(file.bytes(), where)
  const { poses, frames, key, labelled } = Array.isArray(content)
    ? framesOfResults(content, where)
    : framesOfImages(objectAt(content, where), where)
  const joints = jointsOf(poses[0].object, `${where}, ${key} 0`)
  const layout = layoutOfJoints(joints, 2, `${where}, ${key} 0`)
  const places = new Map(frames.map(({ id }, place) => [id, place]))
  const detected: DetectedPose[][] = frames.map(() => [])
  for (const { object, index } of poses) {
    const place = `${where}, ${key} ${index}`
    const frame = places.get(imageId(object, place))
    if (frame === undefined) {
      const found = show(field(object, 'image_id'))
      throw new OssatureError('the keypoints are of an image that is not listed', { where: place, found })
    }
    detected[frame].push(readPose(object, joints, labelled, place))
  }
  const clip = clipOfPoses(detected, { layout, joints, channels: 2 }, { bytes: size, where })
  return { ...clip, meta: metaOf(frames.map(({ image }) => image)) }
}

interface CocoFrames {
  /** Objects that have keypoints, with their place in the file's list. */
  readonly poses: readonly { readonly object: JsonObject; readonly index: number }[]
  readonly frames: readonly { readonly id: string; readonly image?: JsonObject }[]
  readonly key: string
  /** The third number of a joint is a flag, not a confidence. */
  readonly labelled: boolean
}

function framesOfImages(content: JsonObject, where: string): CocoFrames {
  const images = listAt(field(content, 'images'), `${where}, images`, 'a list of images').map((value, i) => {
    const image = objectAt(value, `${where}, images ${i}`)
    return { id: idOf(field(image, 'id'), `${where}, images ${i}, id`), image, number: field(image, 'frame_id') }
  })
  const twice = images.find(({ id }, i) => i > 0 && id === images[i - 1].id)
  if (twice || new Set(images.map(({ id }) => id)).size !== images.length) {
    throw new OssatureError('two images have one id', { where: `${where}, images` })
  }
  if (images.every(({ number }) => typeof number === 'number')) {
    images.sort((a, b) => (a.number as number) - (b.number as number))
  }
  const poses = posesIn(field(content, 'annotations'), where, 'annotations')
  return { poses, frames: images, key: 'annotations', labelled: true }
}

function framesOfResults(content: readonly unknown[], where: string): CocoFrames {
  const poses = posesIn(content, where, 'result')
  const ids = [...new Set(poses.map(({ object, index }) => imageId(object, `${where}, result ${index}`)))]
  // By the numbers in them, so that 10.jpg comes after 9.jpg.
  ids.sort(new Intl.Collator('en', { numeric: true }).compare)
  return { poses, frames: ids.map((id) => ({ id })), key: 'result', labelled: false }
}

function posesIn(value: unknown, where: string, key: string): CocoFrames['poses'] {
  const objects = listAt(value, `${where}, ${key}`, 'a list of annotations').map((entry, index) => {
    return { object: objectAt(entry, `${where}, ${key} ${index}`), index }
  })
  // Boxes without joints stand among the others; so do persons too small to be labelled, with zeros only.
  const poses = objects.filter(({ object }) => {
    const numbers = field(object, 'keypoints')
    return Array.isArray(numbers) && numbers.length > 0 && field(object, 'num_keypoints') !== 0
  })
  if (poses.length > 0) return poses
  throw new OssatureError('the clip shows nobody in any frame', {
    where: `${where}, ${key}`,
    hint: 'Leave the clip out.',
  })
}

function jointsOf(object: JsonObject, where: string): number {
  const { length } = listAt(field(object, 'keypoints'), `${where}, keypoints`, 'a list of numbers')
  if (length % 3 === 0) return length / 3
  throw new OssatureError('keypoints are not triples', {
    where,
    expected: 'x, y and a third number',
    found: `${length}`,
  })
}

function readPose(object: JsonObject, joints: number, labelled: boolean, where: string): DetectedPose {
  const numbers = listAt(
    field(object, 'keypoints'),
    `${where}, keypoints`,
    `a list of ${3 * joints} numbers`,
    3 * joints,
  )
  const points = new Float32Array(joints * 2)
  const scores = new Float32Array(joints)
  for (let joint = 0; joint < joints; joint++) {
    const at = (i: number) => coordinateAt(numbers[3 * joint + i], () => `${where}, joint ${joint}, ${'xyv'[i]}`)
    points[2 * joint] = at(0)
    points[2 * joint + 1] = at(1)
    scores[joint] = labelled ? Math.min(1, at(2)) : at(2)
  }
  const track = field(object, 'track_id') ?? field(object, 'idx')
  const known = typeof track === 'number' || typeof track === 'string'
  return { joints: points, scores, ...(known && { track: `${track}` }) }
}

function imageId(object: JsonObject, where: string): string {
  return idOf(field(object, 'image_id'), `${where}, image_id`)
}

function idOf(value: unknown, where: string): string {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return `${value}`
  throw new OssatureError('there is no id', { where, expected: 'a number or text', found: show(value) })
}

/** The size of the images, where all have the same. */
function metaOf(images: readonly (JsonObject | undefined)[]): ClipMeta {
  const sizeOf = (key: string) => {
    const value = images[0] && field(images[0], key)
    const same = images.every((image) => image && field(image, key) === value)
    return same && typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
  }
  const [imageWidth, imageHeight] = [sizeOf('width'), sizeOf('height')]
  return imageWidth && imageHeight ? { imageWidth, imageHeight } : {}
}
