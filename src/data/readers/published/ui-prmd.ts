import { OssatureError } from '../../../errors.ts'
import { gunzip, isGzip } from '../../../files/gzip.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import { multiplyRotations, placeJoint, type Rotation, rotationZYX } from '../motion-capture/euler-rotation.ts'
import type { Reader } from '../reader.ts'
import { anyNamed, labelFromNumber, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { jointColumns, type NumberTable, readNumberTable } from '../shared/number-table.ts'
import { checkFinite } from '../shared/pose-array.ts'

const JOINTS = 22
const COLUMNS = JOINTS * 3
const FORM = /(?:^|\/)m(\d\d)_s(\d\d)_e(\d\d)_positions(_inc)?\.txt(?:\.gz)?$/
const PARENTS = [-1, 0, 1, 2, 3, 4, 2, 6, 7, 8, 2, 10, 11, 12, 0, 14, 15, 16, 0, 18, 19, 20]

/** The ten exercises, see `CLASS_GROUPS`. */
export const UI_PRMD_EXERCISES: readonly string[] = [
  'deep squat',
  'hurdle step',
  'inline lunge',
  'side lunge',
  'sit to stand',
  'standing active straight leg raise',
  'standing shoulder abduction',
  'standing shoulder extension',
  'standing shoulder internal-external rotation',
  'standing shoulder scaption',
]

/** How an exercise was done. */
export const UI_PRMD_EXECUTIONS: readonly string[] = ['correct', 'incorrect']

/** Each exercise done correctly, then as a patient would. */
export const UI_PRMD_CLASSES: readonly string[] = UI_PRMD_EXERCISES.flatMap((exercise) =>
  UI_PRMD_EXECUTIONS.map((execution) => `${exercise}, ${execution}`),
)

/**
 * UI-PRMD, Kinect part (Vakanski, Jun, Paul, Baker: A Data Set of Human Body Movements for Physical Rehabilitation
 * Exercises, Data 3(1):2, 2018): files `mMM_sSS_eEE_positions.txt` and `mMM_sSS_eEE_angles.txt` (exercise, subject,
 * repetition), `..._inc.txt` for the incorrect ones, plain or gzipped. Positions are relative to the parent in its frame
 * of reference; here they become positions in space, in centimetres.
 */
export const uiPrmd: Reader = {
  name: 'ui-prmd',
  description: 'UI-PRMD, Kinect: a folder or zip with mMM_sSS_eEE_positions.txt and _angles.txt (or .txt.gz)',
  recognises: (files) => anyNamed(files, FORM),
  read(files, where, _, onDamaged) {
    const byName = new Map(files.map((file) => [file.name, file]))
    const sources = sourcesOfFiles(files, FORM, (file, groups) => readClip(file, groups, byName))
    return datasetOfSources('ui-prmd', UI_PRMD_CLASSES, sources, where, { onDamaged })
  },
}

function readClip(
  file: NamedFile,
  [exercise, subject, episode, incorrect]: string[],
  files: Map<string, NamedFile>,
): Clip {
  const name = file.name.replace(/positions(?=[^/]*$)/, 'angles')
  const angles = files.get(name) ?? files.get(name.replace(/\bPositions\b(?=\/[^/]*$)/, 'Angles'))
  if (!angles) {
    throw new OssatureError('the file of angles is missing', {
      where: file.where,
      expected: `${name}, or the same in a folder Angles beside Positions`,
    })
  }
  const offsets = readTable(file)
  const rotations = readTable(angles)
  if (rotations.rows !== offsets.rows) {
    throw new OssatureError('positions and angles have different lengths', {
      where: angles.where,
      expected: `${offsets.rows} frames`,
      found: `${rotations.rows}`,
    })
  }
  const label = 2 * labelFromNumber(exercise, UI_PRMD_EXERCISES, file.where) + (incorrect ? 1 : 0)
  const data = positionsInSpace(offsets, rotations)
  checkFinite(data, { frames: offsets.rows, joints: JOINTS, channels: 3 }, file.where)
  return {
    id: `m${exercise}_s${subject}_e${episode}${incorrect ?? ''}`,
    label,
    layout: 'ui-prmd',
    points: { data, persons: 1, frames: offsets.rows, joints: JOINTS, channels: 3 },
    meta: { performer: Number(subject), repetition: Number(episode), frameRate: 30 },
  }
}

function readTable(file: NamedFile): NumberTable {
  const bytes = file.bytes()
  const text = isGzip(bytes) ? gunzip(bytes, file.where) : bytes
  return readNumberTable(text, file.where, { columns: COLUMNS, separator: 'comma', columnName: jointColumns(JOINTS) })
}

/** R_j = R_parent Rz Ry Rx, p_j = p_parent + R_parent offset_j, with R of the waist from its own angles. */
function positionsInSpace(offsets: NumberTable, angles: NumberTable): Float32Array {
  const data = new Float32Array(offsets.values.length)
  const position = new Float64Array(COLUMNS)
  for (let frame = 0; frame < offsets.rows; frame++) {
    const rotations: Rotation[] = []
    const first = frame * COLUMNS
    for (let joint = 0; joint < JOINTS; joint++) {
      const at = first + 3 * joint
      const parent = PARENTS[joint]
      const turn = rotationZYX(angles.values[at], angles.values[at + 1], angles.values[at + 2])
      rotations.push(parent < 0 ? turn : multiplyRotations(rotations[parent], turn))
      const [x, y, z] = [offsets.values[at], offsets.values[at + 1], offsets.values[at + 2]]
      if (parent < 0) position.set([x, y, z])
      else placeJoint(position, joint, parent, rotations[parent], x, y, z)
    }
    for (let i = 0; i < COLUMNS; i++) data[first + i] = position[i]
  }
  return data
}
