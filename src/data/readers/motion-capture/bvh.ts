import { OssatureError } from '../../../errors.ts'
import { decodeText } from '../../../files/decode-text.ts'
import type { Points } from '../../../skeleton/points.ts'
import type { Clip } from '../../clip.ts'
import { defineReader } from '../reader.ts'
import { anyNamed, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { checkRoom } from '../shared/detected-poses.ts'
import { classesByFile, labelsOfFiles } from '../shared/label-of-file.ts'
import { readNumberTable } from '../shared/number-table.ts'
import { checkFinite } from '../shared/pose-array.ts'
import { type BvhJoint, BvhWords, readBvhHierarchy } from './bvh-hierarchy.ts'
import { axisRotation, IDENTITY, multiplyRotations, placeJoint, type Rotation } from './euler-rotation.ts'
import { layoutOfTree } from './layout-of-tree.ts'

const FORM = /\.bvh$/i

/** A motion of a BVH file. */
export interface BvhMotion {
  readonly joints: readonly BvhJoint[]
  /** Positions of the joints (1, T, V, 3) in the units of the file. */
  readonly points: Points
  /** Frames per second. */
  readonly frameRate: number
}

/**
 * Biovision hierarchical files, a clip each: positions of the joints by forward kinematics, in the units of the file, end
 * sites left out. The class is the folder; where all files lie in one folder, the beginning of the file's name (`angry` of
 * `angry_13_000.bvh`). The layout is the tree of the file, see `layoutOfTree`.
 */
export const bvh = defineReader({
  name: 'bvh',
  description: 'BVH: a folder or zip with files .bvh, in a folder per class or with the class before the first _',
  options: classesByFile,
  recognises: (files) => anyNamed(files, FORM),
  read(files, where, options, onDamaged) {
    const motions = files.filter(({ name }) => FORM.test(name))
    const { classes, labelOf } = labelsOfFiles(
      motions.map(({ name }) => name),
      options?.classes,
    )
    const sources = sourcesOfFiles(motions, FORM, (file): Clip => {
      const { joints, points, frameRate } = readBvh(file.bytes(), file.where)
      const id = file.name.replace(FORM, '')
      const layout = layoutOfTree('bvh', joints)
      return { id, label: labelOf(file.name), layout, points, meta: { frameRate } }
    })
    return datasetOfSources('bvh', classes, sources, where, { onDamaged })
  },
})

/**
 * Reads a BVH file.
 * @throws OssatureError naming the line, joint and channel
 */
export function readBvh(bytes: Uint8Array, where: string): BvhMotion {
  const words = new BvhWords(decodeText(bytes, where), where)
  const joints = readBvhHierarchy(words)
  words.take('MOTION')
  words.take('Frames:')
  const frames = words.number('the number of frames')
  words.take('Frame')
  words.take('Time:')
  const seconds = words.number('the time of a frame')
  if (!(seconds > 0)) throw words.unexpected('a time above 0', `${seconds}`)
  const names = joints.flatMap(({ name, channels }) => channels.map((channel) => `joint ${name}, ${channel}`))
  const { text, firstLine } = words.rest()
  const padded = '\n'.repeat(Math.max(0, firstLine - 1)) + text
  const table = readNumberTable(new TextEncoder().encode(padded), where, {
    columns: names.length,
    separator: 'space',
    columnName: (column) => names[column],
  })
  if (table.rows !== frames) {
    throw new OssatureError('the number of frames is another', {
      where,
      expected: `${frames} lines of numbers`,
      found: `${table.rows}`,
    })
  }
  // Joints without channels take no text.
  checkRoom(frames * joints.length * 3, bytes.length, where)
  const data = new Float32Array(frames * joints.length * 3)
  for (let frame = 0; frame < frames; frame++) {
    const row = table.values.subarray(frame * names.length, (frame + 1) * names.length)
    data.set(pose(joints, row), frame * joints.length * 3)
  }
  const points = { data, persons: 1, frames, joints: joints.length, channels: 3 }
  checkFinite(data, points, where)
  return { joints, points, frameRate: frameRateOf(seconds) }
}

/** Frames per second; a whole number where the time of a frame, which files give with few digits, means one. */
function frameRateOf(seconds: number): number {
  const whole = Math.round(1 / seconds)
  return Math.abs(whole * seconds - 1) < 5e-4 ? whole : 1 / seconds
}

/**
 * Positions of the joints from one line. A joint turns by the product of its rotations in the order of its channels, after
 * its parent's; a position channel takes the place of the offset.
 */
function pose(joints: readonly BvhJoint[], values: Float64Array): Float64Array {
  const positions = new Float64Array(joints.length * 3)
  const rotations: Rotation[] = []
  let next = 0
  for (const [index, { parent, offset, channels }] of joints.entries()) {
    const place = [...offset]
    let turn = IDENTITY
    for (const channel of channels) {
      const value = values[next++]
      const axis = channel[0] as 'X' | 'Y' | 'Z'
      if (channel.endsWith('position')) place['XYZ'.indexOf(axis)] = value
      else turn = multiplyRotations(turn, axisRotation(axis, value))
    }
    if (parent < 0) positions.set(place, 0)
    else placeJoint(positions, index, parent, rotations[parent], place[0], place[1], place[2])
    rotations.push(parent < 0 ? turn : multiplyRotations(rotations[parent], turn))
  }
  return positions
}
