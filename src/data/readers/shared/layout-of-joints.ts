import { OssatureError, shortList } from '../../../errors.ts'
import { layouts } from '../../../skeleton/layouts/index.ts'

/** The layouts that data without names of joints mean, by their number of joints. */
const FLAT: Readonly<Record<number, string>> = {
  13: 'coco-13',
  17: 'coco',
  18: 'openpose',
  21: 'handmp',
  25: 'body-25',
  33: 'mediapipe-pose',
  133: 'coco-wholebody',
}
const SPATIAL: Readonly<Record<number, string>> = {
  20: 'nw_ucla',
  21: 'handmp-world',
  25: 'nturgb+d',
  32: 'azure-kinect',
  33: 'mediapipe-pose-world',
}

/**
 * The layout that so many joints in the plane or in space usually have.
 * @throws OssatureError when none is usual
 */
export function layoutOfJoints(joints: number, dimensions: 2 | 3, where: string): string {
  const usual = dimensions === 2 ? FLAT : SPATIAL
  if (Object.hasOwn(usual, joints)) return usual[joints]
  throw new OssatureError(`no skeleton layout with ${dimensions} coordinates has so many joints`, {
    where,
    expected: Object.entries(usual)
      .map(([count, name]) => `${count} (${name})`)
      .join(', '),
    found: `${joints} joints`,
    hint: 'Describe your own layout in a file layout.json beside the clips.',
  })
}

/**
 * The layout with exactly these joints, in whatever order, and for each of its joints its place among the names. Case,
 * spaces, `_`, `-` and `.` do not matter.
 * @throws OssatureError when no published layout has them
 */
export function layoutOfNames(names: readonly string[], dimensions: 2 | 3, where: string) {
  const places = new Map(names.map((name, place) => [plainName(name), place]))
  const found = layouts.find(
    (layout) =>
      layout.dimensions === dimensions &&
      layout.joints.length === names.length &&
      layout.joints.every((joint) => places.has(plainName(joint))),
  )
  if (found) return { layout: found.name, order: found.joints.map((joint) => places.get(plainName(joint))!) }
  throw new OssatureError(`no skeleton layout with ${dimensions} coordinates has these joints`, {
    where,
    found: `${names.length} joints: ${shortList(names, 30)}`,
    hint: 'Describe your own layout in a file layout.json beside the clips.',
  })
}

/** A name without what spelling varies in. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '')
}
