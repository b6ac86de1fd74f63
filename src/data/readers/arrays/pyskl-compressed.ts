import { OssatureError } from '../../../errors.ts'
import { baseName } from '../../../files/file-name.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { NUMPY_GLOBALS } from '../../../files/pickle/numpy.ts'
import { readPickle } from '../../../files/pickle/pickle.ts'
import { describeValue } from '../../../files/pickle/values.ts'
import { decompressPoses } from '../../../skeleton/decompress-poses.ts'
import { checkRoom, type PoseClip } from '../shared/detected-poses.ts'
import { layoutOfJoints } from '../shared/layout-of-joints.ts'
import { checkFinite } from '../shared/pose-array.ts'
import { arrayAt, type PickleMap } from './pickle-numbers.ts'

/** Frames of a clip; those of Kinetics have 300. */
const MAX_FRAMES = 50_000

const MAX_PERSONS = 10

/**
 * The compressed keypoints of PYSKL's Kinetics: `raw_file` names a pickle that holds `keypoint` (N, V, 3) of all
 * detections, `frame_inds` gives the frame of each and `box_score` its box. The file lies beside the annotations, under
 * the path or at least the name that is stated.
 *
 * @throws OssatureError naming the annotation
 */
export function readCompressedKeypoints(
  annotation: PickleMap,
  files: readonly NamedFile[],
  where: string,
  boxThreshold = 0.5,
): PoseClip {
  const file = rawFile(annotation.get('raw_file'), files, where)
  const content = readPickle(file.bytes(), { where: file.where, globals: NUMPY_GLOBALS })
  const keypoint = arrayAt(content instanceof Map ? content.get('keypoint') : content, `${file.where}, keypoint`)
  const [detections, joints, channels] = keypoint.shape
  if (keypoint.shape.length !== 3 || channels !== 3 || keypoint.shape.includes(0)) {
    const found = `(${keypoint.shape.join(', ')})`
    throw new OssatureError('the keypoints have another shape', { where: file.where, expected: '(N, V, 3)', found })
  }
  checkFinite(keypoint.data, { frames: detections, joints, channels }, file.where)
  const frames = listOf(annotation, 'frame_inds', detections, where)
  const boxScore = annotation.has('box_score') ? listOf(annotation, 'box_score', detections, where) : undefined
  const totalFrames = annotation.get('total_frames')
  if (
    typeof totalFrames !== 'number' ||
    !Number.isInteger(totalFrames) ||
    totalFrames < 1 ||
    totalFrames > MAX_FRAMES
  ) {
    const found = describeValue(totalFrames)
    throw new OssatureError('there is no number of frames', {
      where: `${where}, total_frames`,
      expected: `1 to ${MAX_FRAMES}`,
      found,
    })
  }
  checkRoom(MAX_PERSONS * Math.min(totalFrames, detections) * joints * 3, file.size, where)
  const poses = { detections: { data: keypoint.data, joints }, frames, totalFrames, boxScore }
  const clip = decompressPoses(poses, { maxPersons: MAX_PERSONS, boxThreshold })
  if (clip.points.persons > 0) {
    const place = `${where}, in half precision`
    checkFinite(clip.points.data, clip.points, place)
    checkFinite(clip.score, { ...clip.points, channels: 1 }, `${place}, score`)
    return { layout: layoutOfJoints(joints, 2, where), ...clip }
  }
  throw new OssatureError('no detection has a box of that score', {
    where,
    expected: `a score of ${boxThreshold} or more`,
  })
}

function rawFile(stated: unknown, files: readonly NamedFile[], where: string): NamedFile {
  // Windows writes \\ between folders.
  const path = typeof stated === 'string' ? stated.replaceAll('\\', '/') : ''
  const name = baseName(path)
  const found = name === '' ? [] : files.filter((file) => file.name === name || file.name.endsWith(`/${name}`))
  const exact = found.filter((file) => path === file.name || path.endsWith(`/${file.name}`))
  const file = found.length === 1 ? found[0] : exact[0]
  if (file) return file
  throw new OssatureError('the file with the keypoints is not here', {
    where: `${where}, raw_file`,
    expected: 'a file of that name beside the annotations',
    found: path === '' ? 'no name' : `'${path.slice(0, 100)}'`,
  })
}

function listOf(annotation: PickleMap, key: string, length: number, where: string): ArrayLike<number> {
  const value = annotation.get(key)
  const list = Array.isArray(value) ? value : arrayAt(value, `${where}, ${key}`).data
  const wrong = Array.from(list as ArrayLike<unknown>).findIndex((number) => !Number.isFinite(number))
  if (list.length === length && wrong < 0) return list as ArrayLike<number>
  throw new OssatureError(`${key} does not fit the keypoints`, {
    where,
    expected: `${length} numbers, one per detection`,
    found: wrong < 0 ? `${list.length}` : `something else at ${wrong}`,
  })
}
