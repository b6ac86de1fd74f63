import { OssatureError } from '../../../errors.ts'
import { decodeText } from '../../../files/decode-text.ts'
import { baseName } from '../../../files/file-name.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { cmuBones } from '../../../skeleton/layouts/index.ts'
import type { Points } from '../../../skeleton/points.ts'
import type { Clip } from '../../clip.ts'
import { defineReader } from '../reader.ts'
import { anyNamed, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { checkRoom } from '../shared/detected-poses.ts'
import { classesByFile, labelsOfFiles } from '../shared/label-of-file.ts'
import { finiteNumber } from '../shared/number-table.ts'
import { checkFinite } from '../shared/pose-array.ts'
import { type AsfSkeleton, readAsf } from './asf-skeleton.ts'
import { axisRotation, IDENTITY, multiplyRotations, placeJoint, type Rotation } from './euler-rotation.ts'
import { layoutOfTree } from './layout-of-tree.ts'

const FORM = /\.amc$/i

/** The CMU database records at 120 frames per second; the files do not say it. */
const FRAME_RATE = 120

/**
 * Acclaim motions (.amc), a clip each, with their skeleton (.asf): the ends of the root and of all bones in metres, by
 * forward kinematics. The skeleton of `13_29.amc` is `13.asf`; where it is missing, the first one that is there stands in,
 * and a note says so: bone lengths are then those of another person. Performer is the number before the `_`. Classes are
 * those of `labelsOfFiles`.
 */
export const amc = defineReader({
  name: 'amc',
  description: 'Acclaim motion capture: a folder or zip with files .amc and their .asf',
  options: classesByFile,
  recognises: (files) => anyNamed(files, FORM),
  read(files, where, options, onDamaged) {
    const skeletons = new Map<string, AsfSkeleton>()
    const notes: string[] = []
    const motions = files.filter(({ name }) => FORM.test(name))
    const { classes, labelOf } = labelsOfFiles(
      motions.map(({ name }) => name),
      options?.classes,
    )
    const sources = sourcesOfFiles(motions, FORM, (file): Clip => {
      const skeletonFile = skeletonOf(file, files, where)
      const skeleton = skeletons.get(skeletonFile.name) ?? readAsf(skeletonFile.bytes(), skeletonFile.where)
      skeletons.set(skeletonFile.name, skeleton)
      const id = file.name.replace(FORM, '')
      const performer = /^(\d+)_\d+$/.exec(baseName(id))?.[1]
      const { layout, order } = layoutOf(skeleton)
      const points = inOrder(readAmc(file.bytes(), file.where, skeleton), order)
      const meta = { frameRate: FRAME_RATE, ...(performer && { performer: Number(performer) }) }
      return { id, label: labelOf(file.name), layout, points, meta }
    })
    for (const file of motions) {
      const skeletonFile = skeletonOf(file, files, where)
      if (!isOwn(skeletonFile, file))
        notes.push(`${file.name} has no skeleton of its own; ${skeletonFile.name} stands in.`)
    }
    return { ...datasetOfSources('amc', classes, sources, where, { onDamaged }), notes }
  },
})

/** The layout `cmu`, where the skeleton has its bones, else the tree of the file; and the bones in its order. */
function layoutOf({ bones }: AsfSkeleton): { layout: string; order: number[] } {
  const names = bones.map(({ name }) => name)
  const order = cmuBones.map((bone) => names.indexOf(bone))
  if (order.length === names.length && !order.includes(-1)) return { layout: 'cmu', order }
  return { layout: layoutOfTree('asf', bones), order: [...names.keys()] }
}

function inOrder(points: Points, order: readonly number[]): Points {
  const data = new Float32Array(points.data.length)
  for (let frame = 0; frame < points.frames; frame++) {
    const first = frame * points.joints
    for (const [joint, bone] of order.entries()) {
      data.set(points.data.subarray(3 * (first + bone), 3 * (first + bone) + 3), 3 * (first + joint))
    }
  }
  return { ...points, data }
}

function skeletonOf(motion: NamedFile, files: readonly NamedFile[], where: string): NamedFile {
  const skeletons = files.filter(({ name }) => /\.asf$/i.test(name))
  const found = skeletons.find((skeleton) => isOwn(skeleton, motion)) ?? skeletons[0]
  if (found) return found
  throw new OssatureError('the skeleton is missing', {
    where,
    expected: `a file .asf, such as ${baseName(motion.name).split('_')[0]}.asf`,
    hint: 'Put the .asf of the same subject into the folder: motions hold angles only.',
  })
}

function isOwn(skeleton: NamedFile, motion: NamedFile): boolean {
  const subject = baseName(skeleton.name).replace(/\.asf$/i, '')
  const name = baseName(motion.name).replace(FORM, '')
  return name === subject || name.startsWith(`${subject}_`)
}

/**
 * The points (1, T, bones, 3) of an Acclaim motion in metres, bones in the order of the skeleton.
 * @throws OssatureError naming line and bone
 */
export function readAmc(bytes: Uint8Array, where: string, skeleton: AsfSkeleton): Points {
  const { bones } = skeleton
  const indices = new Map(bones.map(({ name }, index) => [name, index]))
  const frames: Float64Array[][] = []
  const complete = (line: number) => {
    const frame = frames.at(-1)
    if (!frame) return
    const missing = bones.findIndex(({ freedoms }, bone) => freedoms.length > 0 && !frame[bone])
    if (missing >= 0) {
      throw new OssatureError('a frame is incomplete', {
        where: `${where}, line ${line}, frame ${frames.length}`,
        expected: `a line for bone ${bones[missing].name}`,
      })
    }
  }
  const text = decodeText(bytes, where).split('\n')
  let degrees = !skeleton.radians
  for (const [index, raw] of text.entries()) {
    const line = raw.replace(/#.*/, '').trim()
    if (line === '') continue
    const place = `${where}, line ${index + 1}`
    if (line.startsWith(':')) {
      if (/^:(?:radians|degrees)$/i.test(line)) degrees = line.toLowerCase() === ':degrees'
      continue
    }
    const [name, ...values] = line.split(/\s+/)
    if (values.length === 0 && /^\d+$/.test(name)) {
      complete(index + 1)
      if (Number(name) !== frames.length + 1) {
        throw new OssatureError('a frame is missing', { where: place, expected: `${frames.length + 1}`, found: name })
      }
      frames.push([])
      continue
    }
    const bone = indices.get(name)
    const frame = frames.at(-1)
    if (bone === undefined || !frame || frame[bone] || values.length !== bones[bone].freedoms.length) {
      throw new OssatureError('the line does not fit the skeleton', {
        where: place,
        expected: bone === undefined ? 'a bone of the skeleton' : `${bones[bone].freedoms.join(' ')}, once in a frame`,
        found: line.slice(0, 60),
      })
    }
    frame[bone] = Float64Array.from(values, (value, i) =>
      finiteNumber(value, () => `${place}, bone ${name}, ${bones[bone].freedoms[i]}`),
    )
  }
  complete(text.length)
  if (frames.length === 0) throw new OssatureError('the file has no frames', { where })
  // Bones without degrees of freedom take no text.
  checkRoom(frames.length * bones.length * 3, bytes.length, where)
  const data = new Float32Array(frames.length * bones.length * 3)
  for (const [i, frame] of frames.entries()) data.set(pose(skeleton, frame, degrees), i * bones.length * 3)
  const points = { data, persons: 1, frames: frames.length, joints: bones.length, channels: 3 }
  checkFinite(data, points, where)
  return points
}

/**
 * Ends of the bones: with C the axes of a bone and M its motion, R = R_parent C M C^-1 and p = p_parent + R offset. The
 * degrees of freedom are about fixed axes, the first is applied first: M = Rz Ry Rx for `rx ry rz`.
 */
function pose({ bones, unit }: AsfSkeleton, frame: readonly Float64Array[], degrees: boolean): Float64Array {
  const positions = new Float64Array(bones.length * 3)
  const rotations: Rotation[] = []
  for (const [index, { parent, offset, freedoms, axes, inverseAxes }] of bones.entries()) {
    let motion = IDENTITY
    const shift = [0, 0, 0]
    for (const [i, freedom] of freedoms.entries()) {
      const value = frame[index][i]
      if (freedom[0] === 't') shift['xyz'.indexOf(freedom[1])] = value * unit
      else {
        const angle = degrees ? value : (value * 180) / Math.PI
        motion = multiplyRotations(axisRotation(freedom[1].toUpperCase() as 'X' | 'Y' | 'Z', angle), motion)
      }
    }
    const turn = freedoms.length > 0 ? multiplyRotations(axes, multiplyRotations(motion, inverseAxes)) : IDENTITY
    if (parent < 0) {
      positions.set(shift, 0)
      rotations.push(turn)
    } else {
      rotations.push(multiplyRotations(rotations[parent], turn))
      placeJoint(positions, index, parent, rotations[index], offset[0], offset[1], offset[2])
    }
  }
  return positions
}
