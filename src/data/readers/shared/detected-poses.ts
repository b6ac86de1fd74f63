import { OssatureError } from '../../../errors.ts'
import type { Points } from '../../../skeleton/points.ts'
import type { ClipMeta } from '../../clip.ts'

/** A clip before it has a name and a class. */
export interface PoseClip {
  /** Name of the skeleton layout. */
  readonly layout: string
  readonly points: Points
  /** Confidences (M, T, V). */
  readonly score?: Float32Array
  readonly meta?: ClipMeta
}

/** One person in one frame. */
export interface DetectedPose {
  /** Who it is, where persons were tracked. */
  readonly track?: string
  /** V joints of C coordinates. */
  readonly joints: ArrayLike<number>
  /** One per joint. */
  readonly scores?: ArrayLike<number>
}

export interface PoseForm {
  readonly layout: string
  readonly joints: number
  readonly channels: number
  /** Persons that are kept. Default 10, as in PYSKL. */
  readonly persons?: number
  /** Persons are in the order of the names of their tracks, not in that of appearance. Default false. */
  readonly byName?: boolean
  /** Put the persons of every frame in the order of their scores, largest sum first (ST-GCN). Default false. */
  readonly byScore?: boolean
}

/** Frames of a clip: an hour at 30 frames per second. */
const MAX_FRAMES = 108_000

/** Memory that a clip may take beside that of its file. */
const ALLOWANCE = 32 * 2 ** 20

/**
 * The persons of all frames as one array; a person who is not there is 0. If every pose has a track, a person is a track,
 * in the order of appearance; else the first, second, ... of the frame. Where there are more persons than are kept, those
 * with the largest sums of scores are: tracks over the whole clip, otherwise frame by frame.
 *
 * @param bytes size of the file, which bounds what the array may take
 * @throws OssatureError when there is no pose at all
 */
export function clipOfPoses(
  frames: readonly (readonly DetectedPose[])[],
  form: PoseForm,
  { bytes, where }: { readonly bytes: number; readonly where: string },
): PoseClip {
  const { layout, joints, channels, persons: most = 10 } = form
  checkFrames(frames.length, where)
  const placed = inRows(frames, most, form)
  const persons = placed.persons
  if (persons === 0) {
    throw new OssatureError('the clip shows nobody in any frame', { where, hint: 'Leave the clip out.' })
  }
  const total = persons * frames.length * joints
  checkRoom(total * (channels + 1), bytes, where)
  const scored = frames.some((poses) => poses.some(({ scores }) => scores !== undefined))
  const data = new Float32Array(total * channels)
  const score = scored ? new Float32Array(total) : undefined
  for (const [frame, poses] of frames.entries()) {
    for (const [i, pose] of poses.entries()) {
      const row = placed.rows[frame][i]
      if (row < 0) continue
      const at = (row * frames.length + frame) * joints
      data.set(pose.joints, at * channels)
      if (score && pose.scores) score.set(pose.scores, at)
    }
  }
  return { layout, points: { data, persons, frames: frames.length, joints, channels }, ...(score && { score }) }
}

/** @throws OssatureError for more frames than a clip has */
export function checkFrames(frames: number, where: string): void {
  if (frames <= MAX_FRAMES) return
  throw new OssatureError('the clip is too long', {
    where,
    expected: `at most ${MAX_FRAMES} frames`,
    found: `${frames}`,
    hint: 'Cut long recordings into clips.',
  })
}

/** @throws OssatureError when so many values would take far more memory than the file does */
export function checkRoom(values: number, bytes: number, where: string): void {
  if (values * 4 <= bytes + ALLOWANCE) return
  throw new OssatureError('the clip would take too much memory for the size of its file', {
    where,
    expected: `at most ${Math.ceil((bytes + ALLOWANCE) / 2 ** 20)} MiB`,
    found: `${Math.ceil((values * 4) / 2 ** 20)} MiB`,
    hint: 'Cut long recordings into clips.',
  })
}

interface Placement {
  readonly persons: number
  /** Row of each pose of each frame, -1 for those that are not kept. */
  readonly rows: readonly (readonly number[])[]
}

function inRows(
  frames: readonly (readonly DetectedPose[])[],
  most: number,
  { byScore = false, byName = false }: PoseForm,
): Placement {
  const tracked = frames.every(
    (poses) =>
      poses.every(({ track }) => track !== undefined) && new Set(poses.map(({ track }) => track)).size === poses.length,
  )
  if (tracked && !byScore) return byTrack(frames, most, byName)
  const largest = frames.reduce((count, poses) => Math.max(count, poses.length), 0)
  const rows = frames.map((poses) => {
    const order = [...poses.keys()]
    if (byScore || largest > most) order.sort((a, b) => sumOf(poses[b]) - sumOf(poses[a]))
    const row = new Array<number>(poses.length).fill(-1)
    for (const [place, pose] of order.slice(0, most).entries()) row[pose] = place
    return row
  })
  return { persons: Math.min(largest, most), rows }
}

function byTrack(frames: readonly (readonly DetectedPose[])[], most: number, byName: boolean): Placement {
  const sums = new Map<string, number>()
  for (const pose of frames.flat()) sums.set(pose.track!, (sums.get(pose.track!) ?? 0) + sumOf(pose))
  const best = new Set(
    [...sums]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([track]) => track),
  )
  const kept = [...sums.keys()].filter((track) => best.has(track))
  if (byName) kept.sort()
  const rowOf = new Map(kept.map((track, row) => [track, row]))
  return { persons: kept.length, rows: frames.map((poses) => poses.map(({ track }) => rowOf.get(track!) ?? -1)) }
}

/** Sum of the scores; without scores every pose counts the same. */
function sumOf({ scores }: DetectedPose): number {
  let sum = 0
  for (let i = 0; scores && i < scores.length; i++) sum += scores[i]
  return scores ? sum : 1
}
