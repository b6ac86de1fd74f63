import { OssatureError } from '../errors.ts'
import type { Points } from '../skeleton/points.ts'
import type { Clip, ClipMeta } from './clip.ts'
import { checkedIndex, type Dataset } from './dataset.ts'

/** An action within a recording: frames `start` to `end - 1`, from 0. */
export interface Segment {
  /** 0-based class index. */
  readonly label: number
  readonly start: number
  readonly end: number
  /** Added to the id of the recording it gives the id of the clip. */
  readonly suffix: string
}

/** Several actions in a row, as they were recorded, with what lies between them. */
export interface Recording {
  readonly id: string
  readonly persons: number
  readonly frames: number
  readonly segments: readonly Segment[]
  readonly meta: ClipMeta
  /** Points (M, T, V, C) of the whole recording, read when asked for. @throws OssatureError */
  points(): Points
}

/** Recordings of one skeleton layout. */
export interface RecordingSet extends Pick<Dataset, 'name' | 'layout' | 'classes' | 'joints' | 'channels' | 'notes'> {
  readonly recordings: readonly Recording[]
}

/**
 * The data set of the segments of all recordings, in their order. One recording is kept in memory, so clips should be
 * taken in their order.
 *
 * @throws OssatureError when there are no segments or one is not inside its recording
 */
export function clipsOfRecordings({ recordings, ...set }: RecordingSet): Dataset {
  const places = recordings.flatMap((recording) => recording.segments.map((segment) => ({ recording, segment })))
  if (places.length === 0) throw new OssatureError('there are no labelled segments', { where: set.name })
  const entries = places.map(({ recording, segment }) => {
    const { label, start, end, suffix } = segment
    if (!(start >= 0 && start < end && end <= recording.frames)) {
      throw new OssatureError('a segment is not inside its recording', {
        where: `${set.name}, recording ${recording.id}`,
        expected: `frames from 0 to ${recording.frames}`,
        found: `${start} to ${end}`,
      })
    }
    return { id: recording.id + suffix, label, persons: recording.persons, frames: end - start, meta: recording.meta }
  })
  let last: { recording: Recording; points: Points } | undefined
  const pointsOf = (recording: Recording): Points => {
    if (last?.recording !== recording) last = { recording, points: unchangedPoints(recording, set.name) }
    return last.points
  }
  return {
    ...set,
    entries,
    clip(index): Clip {
      const { recording, segment } = places[checkedIndex(set.name, index, places.length)]
      const { id, label, meta } = entries[index]
      return { id, label, layout: set.layout, points: cutFrames(pointsOf(recording), segment.start, segment.end), meta }
    },
  }
}

function unchangedPoints(recording: Recording, name: string): Points {
  const points = recording.points()
  if (points.frames === recording.frames && points.persons === recording.persons) return points
  throw new OssatureError('the recording has changed since the data set was opened', {
    where: `${name}, recording ${recording.id}`,
    expected: `${recording.persons} persons, ${recording.frames} frames`,
    found: `${points.persons} persons, ${points.frames} frames`,
    hint: 'Open it again.',
  })
}

/** A copy of the frames `start` to `end - 1`. */
export function cutFrames(points: Points, start: number, end: number): Points {
  const { data, persons, frames, joints, channels } = points
  const perFrame = joints * channels
  const cut = new Float32Array(persons * (end - start) * perFrame)
  for (let person = 0; person < persons; person++) {
    const from = person * frames * perFrame
    cut.set(data.subarray(from + start * perFrame, from + end * perFrame), person * (end - start) * perFrame)
  }
  return { ...points, data: cut, frames: end - start }
}
