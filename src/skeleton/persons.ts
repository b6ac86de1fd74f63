import { OssatureError } from '../errors.ts'
import { type Coordinates, zeroPoints } from './allocate.ts'
import type { Points } from './points.ts'

/** A clip's poses with their confidences (M, T, V), where there are any. */
export interface ScoredPoints<A extends Coordinates = Float32Array> {
  readonly points: Points<A>
  readonly score?: A
}

export const personOrders = ['motion', 'score', 'given'] as const
/**
 * Which persons come first: those that move most over the clip, those that were seen with the highest scores over the
 * clip, or those that the data name first.
 */
export type PersonOrder = (typeof personOrders)[number]

/**
 * The first `count` persons in that order, for the whole clip; fewer where there are fewer. Equal persons keep their order.
 * @throws OssatureError for an order by scores without scores.
 */
export function topPersons<A extends Coordinates>(
  poses: ScoredPoints<A>,
  count: number,
  order: PersonOrder,
): ScoredPoints<A> {
  const { points } = poses
  const persons = Array.from({ length: points.persons }, (_, person) => person)
  if (order === 'given') return takePersons(poses, persons.slice(0, count))
  const score = order === 'score' ? scoreOf(poses) : undefined
  const value = persons.map((person) => (score ? personScore(points, score, person) : personMotion(points, person)))
  return takePersons(poses, persons.sort((a, b) => value[b] - value[a]).slice(0, count))
}

/**
 * In every frame the `count` persons with the highest scores, highest first (the Kinetics loader of ST-GCN). Where
 * detections were not tracked, a row of the result is not one person over time.
 * @throws OssatureError without scores.
 */
export function topPersonsPerFrame<A extends Coordinates>(poses: ScoredPoints<A>, count: number): ScoredPoints<A> {
  const { points } = poses
  const { persons, frames, joints, channels } = points
  const score = scoreOf(poses)
  const kept = Math.min(count, persons)
  const result = zeroPoints(points, { persons: kept })
  const resultScore = zeroPoints({ ...points, data: score }, { persons: kept, channels: 1 }).data
  for (let frame = 0; frame < frames; frame++) {
    const start = (person: number) => (person * frames + frame) * joints
    const sum = Array.from({ length: persons }, (_, person) => sumOf(score, start(person), start(person) + joints))
    const ranked = Array.from(sum.keys()).sort((a, b) => sum[b] - sum[a])
    ranked.slice(0, kept).forEach((person, row) => {
      const from = start(person)
      resultScore.set(score.subarray(from, from + joints), start(row))
      result.data.set(points.data.subarray(from * channels, (from + joints) * channels), start(row) * channels)
    })
  }
  return { points: result, score: resultScore }
}

/** One clip per person; persons that are 0 throughout are left out. */
export function eachPerson<A extends Coordinates>(poses: ScoredPoints<A>): ScoredPoints<A>[] {
  return Array.from({ length: poses.points.persons }, (_, person) => takePersons(poses, [person])).filter(
    ({ points }) => points.data.some((value) => value !== 0),
  )
}

/** The named persons in that order. */
export function takePersons<A extends Coordinates>(
  poses: ScoredPoints<A>,
  persons: readonly number[],
): ScoredPoints<A> {
  const { points, score } = poses
  const rows = (data: A, perFrame: number): A => {
    const size = points.frames * perFrame
    const taken = zeroPoints({ ...points, data }, { persons: persons.length, joints: perFrame, channels: 1 }).data
    persons.forEach((person, row) => {
      taken.set(data.subarray(person * size, (person + 1) * size), row * size)
    })
    return taken
  }
  return {
    points: { ...points, persons: persons.length, data: rows(points.data, points.joints * points.channels) },
    ...(score && { score: rows(score, points.joints) }),
  }
}

/**
 * How much a person moves: the variance of its joints' coordinates over all frames in which the person is there, summed
 * over the axes (the rule for the bodies of NTU RGB+D files).
 */
export function personMotion(points: Points<Coordinates>, person: number): number {
  const { data, frames, joints, channels } = points
  const size = joints * channels
  const sum = new Float64Array(channels)
  const squares = new Float64Array(channels)
  let count = 0
  const present: number[] = []
  for (let frame = 0; frame < frames; frame++) {
    const start = (person * frames + frame) * size
    if (data.subarray(start, start + size).some((value) => value !== 0)) present.push(start)
  }
  for (const start of present) {
    for (let i = 0; i < size; i++) sum[i % channels] += data[start + i]
    count += joints
  }
  if (count === 0) return 0
  for (const start of present) {
    for (let i = 0; i < size; i++) squares[i % channels] += (data[start + i] - sum[i % channels] / count) ** 2
  }
  return squares.reduce((total, value) => total + value / count, 0)
}

function personScore(points: Points<Coordinates>, score: Coordinates, person: number): number {
  const size = points.frames * points.joints
  return sumOf(score, person * size, (person + 1) * size)
}

function sumOf(values: Coordinates, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]
  return sum
}

function scoreOf<A extends Coordinates>({ points, score }: ScoredPoints<A>): A {
  const count = points.persons * points.frames * points.joints
  if (score?.length === count) return score
  throw new OssatureError('persons cannot be ordered by their scores', {
    expected: `${count} scores, one per joint`,
    found: score ? `${score.length} scores` : 'no scores',
    hint: 'Order them by motion.',
  })
}
