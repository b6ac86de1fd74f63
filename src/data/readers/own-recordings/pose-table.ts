import { OssatureError } from '../../../errors.ts'
import { readCsv } from '../../../files/csv.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { checkFrames, clipOfPoses, type DetectedPose, type PoseClip } from '../shared/detected-poses.ts'
import { finiteNumber } from '../shared/number-table.ts'
import type { Landmarks } from './mediapipe-json.ts'
import { type PoseColumns, poseColumns } from './pose-columns.ts'

/**
 * A clip in a table of comma-separated values with a header. A joint has columns `NAME_x`, `NAME_y`, in space `NAME_z`,
 * and perhaps `NAME_score` (or `_confidence`, `_visibility`), in any order; joints without names are `x0, y0, x1, ...` or
 * `x_0`, `0_x`, counted from 0 or 1. A line is a frame, or, with a column `person`, one person of the frame that the
 * column `frame` names. Empty fields are a joint that was not seen: 0, with score 0. Columns `time` and `timestamp` are
 * passed over, and so is the depth of MediaPipe's image landmarks.
 *
 * @param layout of one's own, whose joints the columns name
 * @param landmarks what columns of MediaPipe hold: landmarks of the image, or those of space
 * @throws OssatureError naming line and column
 */
export function readPoseTable(file: NamedFile, layout?: Layout, landmarks: Landmarks = 'image'): PoseClip {
  const { where, size } = file
  let columns: PoseColumns | undefined
  let lines: FrameLines | undefined
  readCsv(file.bytes(), where, ({ line, fields }) => {
    const place = `${where}, line ${line}`
    if (lines) {
      lines.add(fields, place)
    } else {
      columns = poseColumns(fields, layout, place, landmarks)
      lines = new FrameLines(columns)
    }
  })
  if (!columns || !lines?.frames.length) {
    throw new OssatureError('the file has no frames', { where, expected: 'a header, and a line per frame' })
  }
  const { channels, joints } = columns
  const form = { layout: columns.layout, joints: joints.length, channels }
  return clipOfPoses(lines.frames, form, { bytes: size, where })
}

/** Takes lines one by one, so that the text of a long table is not kept. */
class FrameLines {
  readonly frames: DetectedPose[][] = []
  private last: number | undefined
  private readonly columns: PoseColumns

  constructor(columns: PoseColumns) {
    this.columns = columns
  }

  add(fields: readonly string[], where: string): void {
    const { frames, last, columns } = this
    const pose = readPose(fields, columns, where)
    const frame = columns.frame < 0 ? frames.length : finiteNumber(fields[columns.frame], () => `${where}, frame`)
    const single = columns.person < 0
    if (last !== undefined && (frame < last || (frame === last && single))) {
      throw new OssatureError('frames do not follow one another', {
        where,
        expected: single ? `a frame after ${last}` : `frame ${last} or a later one`,
        found: `${frame}`,
        hint: single ? 'With several persons in a frame, add a column person.' : undefined,
      })
    }
    const row = single ? pose : { ...pose, track: fields[columns.person] }
    if (last !== frame) frames.push([])
    const persons = frames.at(-1)!
    if (!single && persons.some(({ track }) => track === row.track)) {
      throw new OssatureError('a person stands twice in a frame', { where, found: `'${row.track}', frame ${frame}` })
    }
    persons.push(row)
    checkFrames(frames.length, where)
    this.last = frame
  }
}

function readPose(fields: readonly string[], form: PoseColumns, where: string): DetectedPose {
  const { channels } = form
  const joints = new Float32Array(form.joints.length * channels)
  const scores = form.scores && new Float32Array(form.joints.length)
  for (const [joint, columns] of form.joints.entries()) {
    const empty = columns.filter((column) => fields[column] === '').length
    if (empty === columns.length) continue
    for (const [c, column] of columns.entries()) {
      joints[joint * channels + c] = finiteNumber(fields[column], () => `${where}, joint ${joint}, ${'xyz'[c]}`)
    }
    const column = form.scores?.[joint] ?? -1
    if (scores) scores[joint] = column < 0 ? 1 : finiteNumber(fields[column], () => `${where}, joint ${joint}, score`)
  }
  return { joints, ...(scores && { scores }) }
}
