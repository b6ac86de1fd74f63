import { OssatureError } from '../../../errors.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { layoutOfJoints, layoutOfNames, plainName } from '../shared/layout-of-joints.ts'
import type { Landmarks } from './mediapipe-json.ts'

/** Columns that tell about the line. */
const ABOUT = ['frame', 'person', 'time', 'timestamp']

const AXES: Readonly<Record<string, Axis>> = {
  ...{ x: 'x', y: 'y', z: 'z' },
  ...{ score: 'score', confidence: 'score', visibility: 'score', c: 'score', v: 'score' },
}

type Axis = 'x' | 'y' | 'z' | 'score'

/** Where a table has the numbers of each joint of the layout: columns, -1 for none. */
export interface PoseColumns {
  readonly layout: string
  readonly channels: 2 | 3
  readonly joints: readonly (readonly number[])[]
  readonly scores?: readonly number[]
  readonly frame: number
  readonly person: number
}

/** Whether a table has the columns of joints, by its header. */
export function looksLikePoseTable(header: string): boolean {
  const fields = header.split(',').map((field) => field.trim())
  return fields.length >= 4 && fields.every((field) => ABOUT.includes(field) || columnOf(field) !== undefined)
}

interface Column {
  readonly joint: string
  readonly axis: Axis
  readonly numbered: boolean
}

/** What a column holds, by its name; undefined when it is none of a joint. */
function columnOf(name: string): Column | undefined {
  const plain = name.trim()
  const numbered = /^([a-z]+)_?(\d+)$/i.exec(plain) ?? /^()(\d+)_([a-z]+)$/i.exec(plain)
  const axisOf = (text: string) => {
    const key = text.toLowerCase()
    return Object.hasOwn(AXES, key) ? AXES[key] : undefined
  }
  if (numbered) {
    const axis = axisOf(numbered[1] || numbered[3])
    return axis && { joint: `${Number(numbered[2])}`, axis, numbered: true }
  }
  const end = plain.lastIndexOf('_') >= 0 ? plain.lastIndexOf('_') : plain.lastIndexOf('.')
  const axis = end > 0 ? axisOf(plain.slice(end + 1)) : undefined
  return axis && { joint: plain.slice(0, end), axis, numbered: false }
}

/**
 * What the columns of a table hold, see `readPoseTable`.
 * @throws OssatureError naming the column, or the joint that has none
 */
export function poseColumns(
  header: readonly string[],
  layout: Layout | undefined,
  where: string,
  landmarks: Landmarks = 'image',
): PoseColumns {
  const joints = new Map<string, Partial<Record<Axis, number>>>()
  const about = new Map<string, number>()
  let numbered: boolean | undefined
  for (const [column, name] of header.entries()) {
    if (ABOUT.includes(name) && !about.has(name)) {
      about.set(name, column)
      continue
    }
    const found = columnOf(name)
    const joint = found && (joints.get(found.joint) ?? {})
    if (!found || !joint || joint[found.axis] !== undefined || (numbered ?? found.numbered) !== found.numbered) {
      throw new OssatureError('the first line does not name the columns of joints', {
        where,
        expected: 'every name once: JOINT_x, JOINT_y, JOINT_z, JOINT_score, or frame, person, time',
        found: `'${name.slice(0, 60)}'`,
        hint: 'Remove other columns; classes belong into labels.csv.',
      })
    }
    numbered = found.numbered
    joint[found.axis] = column
    joints.set(found.joint, joint)
  }
  const names = [...joints.keys()]
  if (numbered) names.sort((a, b) => Number(a) - Number(b))
  return columnsOf(names, joints, { about, numbered: numbered ?? false, layout, where, landmarks })
}

interface Columns {
  readonly about: ReadonlyMap<string, number>
  readonly numbered: boolean
  readonly layout?: Layout
  readonly where: string
  readonly landmarks: Landmarks
}

function columnsOf(
  names: readonly string[],
  joints: ReadonlyMap<string, Partial<Record<Axis, number>>>,
  context: Columns,
): PoseColumns {
  const { about, where } = context
  const deep = names.some((name) => joints.get(name)!.z !== undefined)
  const chosen = chooseLayout(names, deep, context)
  const axes = chosen.channels === 3 ? (['x', 'y', 'z'] as const) : (['x', 'y'] as const)
  const columns = chosen.order.map((place) => {
    const joint = joints.get(names[place])!
    return axes.map((axis) => {
      if (joint[axis] !== undefined) return joint[axis]
      throw new OssatureError(`joint ${names[place]} has no column for ${axis}`, { where })
    })
  })
  const scored = names.some((name) => joints.get(name)!.score !== undefined)
  const scores = chosen.order.map((place) => joints.get(names[place])!.score ?? -1)
  const [frame, person] = [about.get('frame') ?? -1, about.get('person') ?? -1]
  if (person >= 0 && frame < 0) {
    throw new OssatureError('there is a column person, but none that tells the frames', { where, expected: 'frame' })
  }
  return { layout: chosen.layout, channels: chosen.channels, joints: columns, ...(scored && { scores }), frame, person }
}

/** The layout, and for each of its joints its place among the names. */
function chooseLayout(
  names: readonly string[],
  deep: boolean,
  { numbered, layout: own, where, landmarks }: Columns,
): { layout: string; channels: 2 | 3; order: number[] } {
  if (own) {
    const places = new Map(names.map((name, place) => [plainName(name), place]))
    const byNumber = numbered && names.length === own.joints.length
    const order = own.joints.map((joint, i) => (byNumber ? i : (places.get(plainName(joint)) ?? -1)))
    const absent = order.indexOf(-1)
    if (absent < 0 && names.length === own.joints.length) return { layout: own.name, channels: own.dimensions, order }
    const expected = `the ${own.joints.length} joints of layout ${own.name}`
    const found = absent >= 0 ? `no joint ${own.joints[absent]}` : `${names.length} joints`
    throw new OssatureError('the columns are not the joints of the layout', { where, expected, found })
  }
  if (numbered || isMediapipe(names)) {
    // The depth of image landmarks is in no unit that x and y have.
    const flat = !deep || (landmarks === 'image' && (names.length === 21 || names.length === 33))
    const channels = flat ? 2 : 3
    return { layout: layoutOfJoints(names.length, channels, where), channels, order: [...names.keys()] }
  }
  const channels = deep ? 3 : 2
  return { ...layoutOfNames(names, channels, where), channels }
}

/** Whether the names are those that MediaPipe gives the landmarks of a pose, in their order. */
function isMediapipe(names: readonly string[]): boolean {
  const plain = names.map(plainName)
  return plain.length === 33 && plain[0] === 'nose' && plain[1] === 'lefteyeinner' && plain[32] === 'rightfootindex'
}
