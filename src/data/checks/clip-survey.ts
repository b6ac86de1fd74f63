import type { Clip } from '../clip.ts'
import { contentHash } from '../content-hash.ts'
import type { Dataset } from '../dataset.ts'
import { type ArrayDefect, arrayDefect } from './array-defect.ts'

/** What one look at the points of a clip tells. */
export interface ClipSurvey {
  /** Index of the clip. */
  readonly index: number
  readonly id: string
  readonly hash: string
  /** If the arrays have one, nothing else is counted. */
  readonly defect?: ArrayDefect
  /** Persons that are nowhere but at 0 in all frames. */
  readonly emptyPersons: readonly number[]
  /** Frames in which every joint of every person is at 0. */
  readonly emptyFrames: number
  /** For every joint in how many frames of persons who are there it is at 0. */
  readonly missing: Uint32Array
  /** Frames of persons who are there, in all. */
  readonly presentFrames: number
  /** Joints of persons who are there that keep exactly one place, not 0, in a clip of `FROZEN_FRAMES` or more. */
  readonly frozen: readonly number[]
  /** Root mean square distance of the joints from the mean of their pose: the size of the persons; 0 when empty. */
  readonly size: number
}

/** Shorter clips are too short to tell whether a joint is stuck. */
export const FROZEN_FRAMES = 8

/** Surveys all clips, one after the other. @throws OssatureError when a clip cannot be read */
export function surveyClips(dataset: Dataset, onClip: (done: number) => void = () => {}): ClipSurvey[] {
  return dataset.entries.map((_, index) => {
    const survey = surveyClip(dataset.clip(index), index)
    onClip(index + 1)
    return survey
  })
}

/** @param index of the clip in its data set */
export function surveyClip(clip: Clip, index: number): ClipSurvey {
  const { id, points } = clip
  const { data, persons, frames, joints, channels } = points
  const survey = { index, id, hash: contentHash(points), missing: new Uint32Array(joints) }
  const poses = persons * frames
  const defect = arrayDefect(clip)
  if (defect) return { ...survey, defect, emptyPersons: [], emptyFrames: 0, presentFrames: 0, frozen: [], size: 0 }
  const present = new Uint8Array(poses)
  let squares = 0
  let counted = 0
  for (let pose = 0; pose < poses; pose++) {
    const seen: number[] = []
    for (let joint = 0; joint < joints; joint++)
      if (!isZero(data, (pose * joints + joint) * channels, channels)) seen.push(joint)
    if (seen.length === 0) continue
    present[pose] = 1
    if (seen.length < joints) {
      const there = new Set(seen)
      for (let joint = 0; joint < joints; joint++) if (!there.has(joint)) survey.missing[joint] += 1
    }
    squares += spread(data, pose * joints, seen, channels)
    counted += seen.length
  }
  const presentFrames = present.reduce((sum, flag) => sum + flag, 0)
  const personThere = (person: number) => present.subarray(person * frames, (person + 1) * frames).includes(1)
  const emptyPersons = [...Array(persons).keys()].filter((person) => !personThere(person))
  let emptyFrames = 0
  for (let frame = 0; frame < frames; frame++) {
    if (![...Array(persons).keys()].some((person) => present[person * frames + frame])) emptyFrames += 1
  }
  return {
    ...survey,
    emptyPersons,
    emptyFrames,
    presentFrames,
    frozen: frames >= FROZEN_FRAMES ? frozenJoints(clip, (person) => !emptyPersons.includes(person)) : [],
    size: counted > 0 ? Math.sqrt(squares / counted) : 0,
  }
}

function isZero(data: Float32Array, at: number, channels: number): boolean {
  for (let i = at; i < at + channels; i++) if (data[i] !== 0) return false
  return true
}

/** Sum of the squared distances of joints from their mean. */
function spread(data: Float32Array, first: number, joints: readonly number[], channels: number): number {
  let sum = 0
  for (let channel = 0; channel < channels; channel++) {
    let mean = 0
    for (const joint of joints) mean += data[(first + joint) * channels + channel] / joints.length
    for (const joint of joints) sum += (data[(first + joint) * channels + channel] - mean) ** 2
  }
  return sum
}

function frozenJoints({ points }: Clip, there: (person: number) => boolean): number[] {
  const { data, persons, frames, joints, channels } = points
  const frozen = new Set<number>()
  for (let person = 0; person < persons; person++) {
    if (!there(person)) continue
    for (let joint = 0; joint < joints; joint++) {
      const at = (frame: number) => ((person * frames + frame) * joints + joint) * channels
      if (isZero(data, at(0), channels)) continue
      let frame = 1
      while (frame < frames && samePlace(data, at(0), at(frame), channels)) frame += 1
      if (frame === frames) frozen.add(joint)
    }
  }
  return [...frozen]
}

function samePlace(data: Float32Array, a: number, b: number, channels: number): boolean {
  for (let i = 0; i < channels; i++) if (data[a + i] !== data[b + i]) return false
  return true
}
