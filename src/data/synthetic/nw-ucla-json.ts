import { OssatureError } from '../../errors.ts'
import type { Clip } from '../clip.ts'

/**
 * A clip as a file of the NW-UCLA data set: `{"file_name", "skeletons": [T][20][3], "label"}`, metres with six significant digits,
 * labels from 1 on. Throws an OssatureError unless the clip has one person and 20 joints of 3 coordinates.
 */
export function nwUclaJson(clip: Clip): string {
  const { data, persons, frames, joints, channels } = clip.points
  if (persons !== 1 || joints !== 20 || channels !== 3) {
    throw new OssatureError('the clip does not fit the NW-UCLA format', {
      where: clip.id,
      expected: '1 person, 20 joints, 3 coordinates',
      found: `${persons}, ${joints}, ${channels}`,
    })
  }
  const skeletons = Array.from({ length: frames }, (_, t) =>
    Array.from({ length: joints }, (_, v) =>
      Array.from({ length: channels }, (_, c) => Number(data[(t * joints + v) * channels + c].toPrecision(6))),
    ),
  )
  return JSON.stringify({ file_name: clip.id, skeletons, label: clip.label + 1 })
}
