import { OssatureError } from '../errors.ts'
import { layoutByName } from '../skeleton/layouts/index.ts'
import type { Clip, ClipMeta } from './clip.ts'

/** Digits behind the point: tenths of a millimetre, where coordinates are metres. */
const DIGITS = 4

/**
 * A clip of one person as the reader of own recordings takes it: a table of comma-separated values with a line per frame
 * and columns `JOINT_x`, `JOINT_y` and, in space, `JOINT_z`. Joints at 0 were not seen; their fields are empty.
 * @throws OssatureError for a clip of several persons, whose table would need more columns
 */
export function poseTable({ id, layout, points }: Pick<Clip, 'id' | 'layout' | 'points'>): string {
  const { data, persons, frames, joints, channels } = points
  if (persons !== 1) {
    throw new OssatureError('the clip has no table of one line per frame', {
      where: id,
      expected: 'one person',
      found: `${persons}`,
    })
  }
  const axes = ['x', 'y', 'z'].slice(0, channels)
  const header = layoutByName(layout).joints.flatMap((joint) =>
    axes.map((axis) => `${joint.replaceAll(' ', '_')}_${axis}`),
  )
  const lines = Array.from({ length: frames }, (_, frame) =>
    Array.from({ length: joints }, (_, joint) => {
      const at = (frame * joints + joint) * channels
      const place = Array.from(data.subarray(at, at + channels))
      return place.map((value) => (place.every((v) => v === 0) ? '' : value.toFixed(DIGITS))).join(',')
    }).join(','),
  )
  return `${[header.map(quoted).join(','), ...lines].join('\n')}\n`
}

/**
 * The table `labels.csv` of clips: id, class and, of their origin, the columns that are named.
 * @param performers names of performers and partners by number, where they have some
 */
export function labelsTable(
  clips: readonly Pick<Clip, 'id' | 'label' | 'meta'>[],
  classes: readonly string[],
  columns: readonly (keyof ClipMeta)[],
  performers: readonly string[] = [],
): string {
  const fieldOf = (meta: ClipMeta, column: keyof ClipMeta) => {
    const value = meta[column] ?? ''
    return column === 'performer' || column === 'partner' ? (performers[value === '' ? -1 : value] ?? value) : value
  }
  const rows = clips.map(({ id, label, meta }) => [
    id,
    classes[label],
    ...columns.map((column) => fieldOf(meta, column)),
  ])
  return `${[['clip', 'label', ...columns], ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`
}

/** A field as RFC 4180 has it. */
function quoted(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
