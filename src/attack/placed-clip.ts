import { firstPlace, turnToAxis } from '../augment/frame-of-reference/turn-to-axis.ts'
import { zeroPoints } from '../skeleton/allocate.ts'
import type { JointGroup, Layout } from '../skeleton/layout.ts'
import type { Points } from '../skeleton/points.ts'
import { type Matrix, scaling } from '../skeleton/rotation.ts'

export interface Placement {
  /** Whether the first pose is turned upright and to the front, by the axes of the layout. */
  readonly upright: boolean
  /** What counts as a metre in the unit of the recording. */
  readonly metre: number
}

/** A clip as an attacked network sees it, and the way back to where it was recorded. */
export interface PlacedClip {
  readonly points: Points
  /** The recording with its joints moved as `moved` is moved from `points`. Joints that are missing (all 0) stay so. */
  recorded(moved: Points): Points
}

/**
 * A clip in metres around the body, as 2s-AGCN's pre-normalisation has it: in every frame the origin of the first person
 * who is there becomes that of all persons (where it is missing, the one before); then the clip may be turned so that
 * this person's first pose is upright (z) and looks to the front (shoulders along x). Missing joints stay 0; frames stay
 * where they are. Of the channels those of the layout's dimensions are taken.
 */
export function placedClip(recording: Points, layout: Layout, { upright, metre }: Placement): PlacedClip {
  const { data, frames, joints, channels } = recording
  const C = layout.dimensions
  const there = presence(recording, C)
  const origins = originsOf(recording, layout, there)
  const turn = upright ? uprightTurn(recording, layout, there) : scaling(new Array(C).fill(1))
  const points = zeroPoints(recording, { channels: C })
  there.forEach((isThere, row) => {
    if (!isThere) return
    const origin = origins[Math.floor(row / joints) % frames]
    const place = origin.map((value, c) => (data[row * channels + c] - value) / metre)
    turn.forEach((axis, c) => {
      points.data[row * C + c] = axis.reduce((sum, value, from) => sum + value * place[from], 0)
    })
  })
  return {
    points,
    recorded(moved) {
      const back = Float32Array.from(data)
      there.forEach((isThere, row) => {
        if (!isThere) return
        const shift = turn.map((_, c) => moved.data[row * C + c] - points.data[row * C + c])
        for (let c = 0; c < C; c++)
          back[row * channels + c] += metre * turn.reduce((sum, axis, to) => sum + axis[c] * shift[to], 0)
      })
      return { ...recording, data: back }
    },
  }
}

/** Whether each joint of each person and frame has a place. */
function presence({ data, channels }: Points, C: number): boolean[] {
  return Array.from({ length: data.length / channels }, (_, row) =>
    data.subarray(row * channels, row * channels + C).some((value) => value !== 0),
  )
}

/** The first person who is there at all, and where that person's poses begin. */
function mainPerson({ persons, frames, joints }: Points, there: readonly boolean[]): number {
  const size = frames * joints
  const first = Array.from({ length: persons }, (_, person) => person * size).find((start) =>
    there.slice(start, start + size).includes(true),
  )
  return first ?? 0
}

function originsOf(points: Points, { axes, centre, dimensions }: Layout, there: readonly boolean[]): number[][] {
  const { data, frames, joints, channels } = points
  const group: JointGroup = axes?.origin ?? centre
  const members = typeof group === 'number' ? [group] : group
  const start = mainPerson(points, there)
  const found = Array.from({ length: frames }, (_, frame) => {
    const rows = members.map((joint) => start + frame * joints + joint)
    if (!rows.every((row) => there[row])) return undefined
    const middle = (c: number) => rows.reduce((sum, row) => sum + data[row * channels + c], 0) / rows.length
    return Array.from({ length: dimensions }, (_, c) => middle(c))
  })
  let last = found.find((origin) => origin !== undefined) ?? new Array<number>(dimensions).fill(0)
  return found.map((origin) => {
    last = origin ?? last
    return last
  })
}

/** The rotation that turns the first pose upright and to the front: what becomes of the unit vectors. */
function uprightTurn(points: Points, { axes }: Layout, there: readonly boolean[]): Matrix {
  const { data, frames, joints, channels } = points
  const start = mainPerson(points, there)
  const pose = Array.from({ length: frames }, (_, frame) => start + frame * joints).find((row) =>
    there.slice(row, row + joints).includes(true),
  )
  if (pose === undefined || !axes) return scaling([1, 1, 1])
  const places = Float64Array.of(
    ...data.subarray(pose * channels, (pose + joints) * channels),
    ...[1, 0, 0, 0, 1, 0, 0, 0, 1],
  )
  const marked = { data: places, persons: 1, frames: 1, joints: joints + 3, channels: 3 }
  const [right, left] = axes.across
  const turned = turnToAxis(turnToAxis(marked, axes.up, 2, 'float32'), [left, right], 0, 'float32')
  const columns = [0, 1, 2].map((axis) => firstPlace(turned, joints + axis))
  return [0, 1, 2].map((row) => columns.map((column) => column[row]))
}
