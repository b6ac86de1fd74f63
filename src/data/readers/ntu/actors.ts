import type { Points } from '../../../skeleton/points.ts'
import { type Body, bodiesOf, byMotion, withoutShort, withoutSpread } from './bodies.ts'
import { BODY_SIZE, NTU_JOINTS, type SkeletonText } from './skeleton-text.ts'

/** Sums of magnitudes below this count as no body (PYSKL). */
const EMPTY = 1e-3

/** Bodies of a frame that a rule looks at by their place. */
export const MOST_SLOTS = 4

/**
 * The published rules by which one or two persons of a recording become the clip.
 *
 * - `pyskl`: bodies that last, are not too wide, and move most; two rows that further bodies fill where they are free.
 *   Frames in which both rows are empty are cut off at the ends.
 * - `ctr-gcn`: the same with the limits of CTR-GCN (also SGN, MS-G3D's successors); empty frames are cut everywhere.
 * - `2s-agcn`: of the first four bodies of each frame the two slots with the largest standard deviation; every frame.
 * - `st-gcn`: the first two bodies of each frame; every frame.
 */
export const NTU_BODY_RULES = {
  pyskl: pysklActors,
  'ctr-gcn': ctrgcnActors,
  '2s-agcn': (text) => energeticSlots(text, MOST_SLOTS),
  'st-gcn': (text) => pointsOf(slotsOf(text, 2)),
} as const satisfies Record<string, (text: SkeletonText) => Points | undefined>

export type NtuBodyRule = keyof typeof NTU_BODY_RULES

/** Points of one person: rows of (25, 3) per frame. */
type Row = Float32Array

/** PYSKL, `gen_keypoint_array`. Undefined when no frame has a body. */
function pysklActors(text: SkeletonText): Points | undefined {
  const { bodies } = bodiesOf(text)
  if (bodies.length === 0) return undefined
  let kept = byMotion(bodies)
  if (kept.length > 1) kept = withoutShort(kept)
  if (kept.length > 1) kept = byMotion(withoutSpread(kept, 0))
  if (kept.length === 1) return pointsOf([kept[0].joints])
  const frames = Math.max(...kept.map(({ start, length }) => start + length))
  const rows = twoRows(kept, frames, (a, b) => Math.max(a.start, b.start) >= Math.min(a.end, b.end))
  const trimmed = withoutEmptyEnds(rows)
  const [first, second] = trimmed
  // The middle of the spine in the first frame.
  if (magnitude(first.subarray(3, 6)) < EMPTY && magnitude(second.subarray(3, 6)) > EMPTY) trimmed.reverse()
  return pointsOf(trimmed)
}

/** CTR-GCN, `get_raw_denoised_data.py`. Undefined when no frame has a body. */
function ctrgcnActors(text: SkeletonText): Points | undefined {
  const { bodies, frames } = bodiesOf(text)
  if (bodies.length === 0) return undefined
  if (bodies.length === 1) return pointsOf([bodies[0].joints])
  let kept = withoutShort(bodies)
  if (kept.length > 1) kept = byMotion(withoutSpread(kept, 1))
  if (kept.length === 1) return pointsOf([placed(kept[0], frames)])
  // Here the ends are the last frames, so that bodies may share one.
  const rows = twoRows(kept, frames, (a, b) => Math.min(a.end, b.end) - 1 - Math.max(a.start, b.start) <= 0)
  return pointsOf(withoutEmptyFrames(rows))
}

interface Interval {
  start: number
  /** Behind the last frame. */
  end: number
}

/** The first body in the first row; each further one in the first row that is free while it is there, or nowhere. */
function twoRows(bodies: readonly Body[], frames: number, free: (a: Interval, b: Interval) => boolean): Row[] {
  const rows: Row[] = [new Float32Array(frames * BODY_SIZE), new Float32Array(frames * BODY_SIZE)]
  const taken: (Interval | undefined)[] = [undefined, undefined]
  for (const { start, length, joints } of bodies) {
    const interval = { start, end: start + length }
    const row = rows.findIndex((_, i) => taken[i] === undefined || free(taken[i]!, interval))
    if (row < 0) continue
    rows[row].set(joints, start * BODY_SIZE)
    // The second row starts as taken from 0 on, of no length: the first body of it widens that, too.
    const own = taken[row] ?? (row === 0 ? interval : { start: 0, end: 0 })
    taken[row] = { start: Math.min(own.start, start), end: Math.max(own.end, interval.end) }
  }
  return rows
}

function placed({ start, joints }: Body, frames: number): Row {
  const row = new Float32Array(frames * BODY_SIZE)
  row.set(joints, start * BODY_SIZE)
  return row
}

function withoutEmptyEnds(rows: readonly Row[]): Row[] {
  const frames = rows[0].length / BODY_SIZE
  const isEmpty = (frame: number) => rows.reduce((sum, row) => sum + magnitude(frameOf(row, frame)), 0) < EMPTY
  let start = 0
  let end = frames
  while (start < frames - 1 && isEmpty(start)) start += 1
  while (end > start + 1 && isEmpty(end - 1)) end -= 1
  return rows.map((row) => row.slice(start * BODY_SIZE, end * BODY_SIZE))
}

function withoutEmptyFrames(rows: readonly Row[]): Row[] {
  const frames: number[] = []
  for (let frame = 0; frame * BODY_SIZE < rows[0].length; frame++) {
    if (rows.some((row) => frameOf(row, frame).some((value) => value !== 0))) frames.push(frame)
  }
  return rows.map((row) => {
    const result = new Float32Array(frames.length * BODY_SIZE)
    for (const [i, frame] of frames.entries()) result.set(frameOf(row, frame), i * BODY_SIZE)
    return result
  })
}

/** Bodies by their place in the frame, whatever their ids; every frame of the file. */
function slotsOf({ counts, joints }: SkeletonText, most: number): Row[] {
  const used = Math.min(
    most,
    counts.reduce((largest, count) => Math.max(largest, count), 0),
  )
  const rows = Array.from({ length: used }, () => new Float32Array(counts.length * BODY_SIZE))
  let appearance = 0
  for (const [frame, count] of counts.entries()) {
    for (let slot = 0; slot < Math.min(count, most); slot++) {
      rows[slot].set(frameOf(joints, appearance + slot), frame * BODY_SIZE)
    }
    appearance += count
  }
  return rows
}

/**
 * 2s-AGCN, `read_xyz`: of the first `most` slots those with most energy, largest first; of equal ones the later first.
 * Undefined when no frame has a body.
 */
export function energeticSlots(text: SkeletonText, most: number, kept = 2): Points | undefined {
  const slots = slotsOf(text, most).map((row, slot) => ({ row, slot, energy: energyOf(row) }))
  slots.sort((a, b) => b.energy - a.energy || b.slot - a.slot)
  return pointsOf(slots.slice(0, kept).map(({ row }) => row))
}

/** Sum over x, y, z of the standard deviation of the joints of frames that have a body. */
function energyOf(row: Row): number {
  const frames = withoutEmptyFrames([row])[0]
  const count = frames.length / 3
  if (count === 0) return 0
  let energy = 0
  for (let axis = 0; axis < 3; axis++) {
    let sum = 0
    for (let at = axis; at < frames.length; at += 3) sum += frames[at]
    const mean = sum / count
    let squares = 0
    for (let at = axis; at < frames.length; at += 3) squares += (frames[at] - mean) ** 2
    energy += Math.sqrt(squares / count)
  }
  return energy
}

function pointsOf(rows: readonly Row[]): Points | undefined {
  if (rows.length === 0) return undefined
  const data = new Float32Array(rows.length * rows[0].length)
  for (const [i, row] of rows.entries()) data.set(row, i * row.length)
  return { data, persons: rows.length, frames: rows[0].length / BODY_SIZE, joints: NTU_JOINTS, channels: 3 }
}

function frameOf(row: Row, frame: number): Row {
  return row.subarray(frame * BODY_SIZE, (frame + 1) * BODY_SIZE)
}

function magnitude(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += Math.abs(value)
  return sum
}
