import type { NamedFile } from '../../../files/named-file.ts'
import type { Points } from '../../../skeleton/points.ts'
import type { Reader } from '../reader.ts'
import { anyNamed, labelFromNumber, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { framePoints, jointColumns, readNumberTable } from '../shared/number-table.ts'

const JOINTS = 15
const FORM = /(?:^|\/)s(\d\d)s(\d\d)\/(\d\d)\/(\d\d\d)\/skeleton_pos\.txt$/

export const SBU_CLASSES: readonly string[] = [
  'approaching',
  'departing',
  'kicking',
  'pushing',
  'shaking hands',
  'hugging',
  'exchanging an object',
  'punching',
]

/**
 * SBU Kinect Interaction (Yun, Honorio, Chattopadhyay, Berg, Samaras: Two-person Interaction Detection Using Body-Pose
 * Features and Multiple Instance Learning, CVPR Workshops 2012): a file `sAAsBB/CLASS/TAKE/skeleton_pos.txt` per clip, a
 * line per frame with the frame's number and two persons of 15 joints. The coordinates are those of the file: x and y as
 * shares of the picture, y downwards, z scaled; see `sbuWorldCoordinates`. Performer and partner are the acting and the
 * other person, repetition is the take.
 */
export const sbu: Reader = {
  name: 'sbu',
  description: 'SBU Kinect Interaction: a folder or zip with sAAsBB/CLASS/TAKE/skeleton_pos.txt',
  recognises: (files) => anyNamed(files, FORM),
  read: (files, where, _, onDamaged) =>
    datasetOfSources('sbu', SBU_CLASSES, sourcesOfFiles(files, FORM, readClip), where, { onDamaged }),
}

function readClip(file: NamedFile, [first, second, action, take]: string[]) {
  return {
    id: `s${first}s${second}_${action}_${take}`,
    label: labelFromNumber(action, SBU_CLASSES, file.where),
    layout: 'sbu',
    points: readSbuPoints(file.bytes(), file.where),
    meta: { performer: Number(first), partner: Number(second), repetition: Number(take) },
  }
}

/** The points (2, T, 15, 3) of a `skeleton_pos.txt`. @throws OssatureError naming line, person and joint */
export function readSbuPoints(bytes: Uint8Array, where: string): Points {
  const table = readNumberTable(bytes, where, {
    columns: 1 + 2 * JOINTS * 3,
    separator: 'comma',
    columnName: jointColumns(JOINTS, { first: 1, persons: 2 }),
  })
  return framePoints(table, { persons: 2, joints: JOINTS, first: 1 })
}

/**
 * Undoes the scaling of the files, by the formula that comes with the data set: x = 1280 - 2560 x', y = 960 - 1920 y',
 * z = 10000 z' / 7.8125.
 */
export function sbuWorldCoordinates(points: Points): Points {
  const data = points.data.slice()
  for (let i = 0; i < data.length; i += 3) {
    data[i] = 1280 - 2560 * data[i]
    data[i + 1] = 960 - 1920 * data[i + 1]
    data[i + 2] = (data[i + 2] * 10000) / 7.8125
  }
  return { ...points, data }
}
