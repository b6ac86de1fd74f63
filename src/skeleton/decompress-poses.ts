import { OssatureError } from '../errors.ts'
import type { Points } from './points.ts'
import { roundToFloat16 } from './precision.ts'

/** Poses that a detector found, in the order of the video: a list of detections, not yet an array of persons. */
export interface CompressedPoses {
  /** (N, V, 3): x, y and score of every joint of every detection. */
  readonly detections: { readonly data: ArrayLike<number>; readonly joints: number }
  /** For each of the N detections its frame, not decreasing. */
  readonly frames: ArrayLike<number>
  /** Frames of the video. */
  readonly totalFrames: number
  /** Score of the person box of each detection, where it is known. */
  readonly boxScore?: ArrayLike<number>
}

export interface DecompressOptions {
  /** Leave out the frames without a pose; otherwise they are zeros. Default true. */
  squeeze?: boolean
  /** Most persons that are kept. Default 10. */
  maxPersons?: number
  /** Detections whose box has a lower score are left out. Default: all are kept. */
  boxThreshold?: number
}

export interface DecompressedPoses {
  /** (M, T, V, 2). */
  readonly points: Points
  /** (M, T, V). */
  readonly score: Float32Array
}

/**
 * DecompressPose of PYSKL: detections as persons in the order in which they stand in their frame, numbers rounded to
 * half precision. M is the largest number of detections in one frame. If that is more than `maxPersons`, the persons of
 * every frame are sorted by the sum of their scores, and the best are kept.
 * @throws OssatureError when frames and detections do not fit, frames decrease or lie outside the video.
 */
export function decompressPoses(poses: CompressedPoses, options: DecompressOptions = {}): DecompressedPoses {
  const { squeeze = true, maxPersons = 10, boxThreshold } = options
  const { data, joints } = poses.detections
  check(poses)
  const kept = Array.from({ length: poses.frames.length }, (_, detection) => detection).filter(
    (detection) => boxThreshold === undefined || !poses.boxScore || poses.boxScore[detection] >= boxThreshold,
  )
  const byFrame = new Map<number, number[]>()
  for (const detection of kept) {
    const frame = poses.frames[detection]
    const inFrame = byFrame.get(frame)
    if (inFrame) inFrame.push(detection)
    else byFrame.set(frame, [detection])
  }
  let found = 0
  for (const inFrame of byFrame.values()) found = Math.max(found, inFrame.length)
  const persons = Math.min(found, maxPersons)
  const frames = squeeze ? byFrame.size : poses.totalFrames
  const points: Points = {
    ...{ persons, frames, joints, channels: 2 },
    data: new Float32Array(persons * frames * joints * 2),
  }
  const score = new Float32Array(persons * frames * joints)

  const total = (detection: number) => {
    let sum = 0
    for (let joint = 0; joint < joints; joint++) sum += roundToFloat16(data[(detection * joints + joint) * 3 + 2])
    return roundToFloat16(sum)
  }
  let position = 0
  for (const [frame, inFrame] of byFrame) {
    const t = squeeze ? position++ : frame
    const ordered = found > maxPersons ? sortedBy(inFrame, total) : inFrame
    ordered.slice(0, persons).forEach((detection, person) => {
      for (let joint = 0; joint < joints; joint++) {
        const from = (detection * joints + joint) * 3
        const to = (person * frames + t) * joints + joint
        points.data[2 * to] = roundToFloat16(data[from])
        points.data[2 * to + 1] = roundToFloat16(data[from + 1])
        score[to] = roundToFloat16(data[from + 2])
      }
    })
  }
  return { points, score }
}

/** Largest total first; equal totals keep their order. */
function sortedBy(detections: readonly number[], total: (detection: number) => number): number[] {
  const totals = new Map(detections.map((detection) => [detection, total(detection)]))
  return [...detections].sort((a, b) => (totals.get(b) as number) - (totals.get(a) as number))
}

function check({ detections, frames, totalFrames, boxScore }: CompressedPoses): void {
  const fail = (expected: string, found: string): never => {
    throw new OssatureError('compressed poses that do not fit together', { expected, found })
  }
  if (detections.data.length !== frames.length * detections.joints * 3) {
    fail(
      `${frames.length} detections of ${detections.joints} joints with x, y, score`,
      `${detections.data.length} numbers`,
    )
  }
  if (boxScore && boxScore.length !== frames.length) {
    fail(`${frames.length} box scores, one per detection`, `${boxScore.length}`)
  }
  for (let detection = 0; detection < frames.length; detection++) {
    const frame = frames[detection]
    if (!Number.isInteger(frame) || frame < 0 || frame >= totalFrames) {
      fail(`frames 0 to ${totalFrames - 1}`, `detection ${detection} in frame ${frame}`)
    }
    if (detection > 0 && frame < frames[detection - 1]) {
      fail(
        'frames that do not decrease',
        `detection ${detection} in frame ${frame} after frame ${frames[detection - 1]}`,
      )
    }
  }
}
