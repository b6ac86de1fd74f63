import { OssatureError } from '../../../errors.ts'
import { parseJson } from '../../../files/json.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { layoutByName } from '../../../skeleton/layouts/index.ts'
import { checkRoom, type PoseClip } from '../shared/detected-poses.ts'
import { beginning, coordinateAt, field, listAt, objectAt, show } from '../shared/json-values.ts'
import { poseClipOfArray } from '../shared/pose-array.ts'

/** Axes of points: persons, frames, joints, coordinates. */
const MOST_AXES = 4

/**
 * A clip of one's own in JSON: `{"points": [frames][joints][coordinates]}`, with persons as a further list around it if
 * there are several, and perhaps `score` of the same form without coordinates, `layout` (name of a published layout) and
 * `frameRate`.
 *
 * @throws OssatureError naming the place
 */
export function readPoseJson(file: NamedFile, own?: Layout): PoseClip {
  const { where, size } = file
  const content = objectAt(parseJson(file.bytes(), where), where)
  const unknown = Object.keys(content).find((key) => !['points', 'score', 'layout', 'frameRate'].includes(key))
  if (unknown !== undefined) {
    const expected = 'points and, as needed, score, layout, frameRate'
    throw new OssatureError('the file has an unknown key', { where, expected, found: `'${unknown.slice(0, 60)}'` })
  }
  const points = nested(field(content, 'points'), size, `${where}, points`)
  const named = field(content, 'layout')
  if (named !== undefined && typeof named !== 'string') {
    throw new OssatureError('the layout is no name', { where: `${where}, layout`, found: show(named) })
  }
  const layout = named === undefined || named === own?.name ? own : layoutByName(named)
  const score =
    field(content, 'score') === undefined ? undefined : nested(field(content, 'score'), size, `${where}, score`)
  const clip = poseClipOfArray(points, layout, { where, bytes: size, score })
  const rate = field(content, 'frameRate')
  if (rate === undefined) return clip
  if (typeof rate === 'number' && rate > 0) return { ...clip, meta: { frameRate: rate } }
  throw new OssatureError('the frame rate is no number above 0', { where: `${where}, frameRate`, found: show(rate) })
}

export function looksLikePoseJson(file: NamedFile): boolean {
  return /"points"\s*:\s*\[/.test(beginning(file.bytes()))
}

/** Lists in lists of numbers, all of the same lengths. */
function nested(value: unknown, bytes: number, where: string): { data: Float32Array; shape: number[] } {
  const shape: number[] = []
  for (let inner = value; Array.isArray(inner) && shape.length <= MOST_AXES; inner = inner[0]) shape.push(inner.length)
  if (shape.length < 2 || shape.length > MOST_AXES || shape.includes(0)) {
    throw new OssatureError('there are no lists of numbers', {
      where,
      expected: 'lists in lists: persons, frames, joints, coordinates',
      found: shape.length === 0 ? show(value) : `lists of ${shape.join(', of ')}`,
    })
  }
  const total = shape.reduce((product, length) => product * length, 1)
  // A number and what stands behind it take two bytes.
  checkRoom(total, 2 * bytes, where)
  const data = new Float32Array(total)
  let next = 0
  const path: number[] = []
  const place = () => `${where}${path.map((i) => `[${i}]`).join('')}`
  const collect = (inner: unknown): void => {
    if (path.length === shape.length) {
      data[next++] = coordinateAt(inner, place)
      return
    }
    const length = shape[path.length]
    if (!Array.isArray(inner) || inner.length !== length) listAt(inner, place(), `a list of ${length}`, length)
    const list = inner as readonly unknown[]
    path.push(0)
    for (let i = 0; i < length; i++) {
      path[path.length - 1] = i
      collect(list[i])
    }
    path.pop()
  }
  collect(value)
  return { data, shape }
}
