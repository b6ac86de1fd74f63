import { OssatureError } from '../../../errors.ts'
import { decodeText } from '../../../files/decode-text.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import type { ClipEntry } from '../../dataset.ts'
import { selectById } from '../../splits/lists.ts'
import type { Split } from '../../splits/split.ts'
import type { Reader } from '../reader.ts'
import { anyNamed, labelFromNumber, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { readNumberTable } from '../shared/number-table.ts'

const JOINTS = 20
const FORM = /(?:^|\/)(a(\d\d)_s(\d\d)_e(\d\d))_skeleton3D\.txt$/

export const MSR_ACTION3D_CLASSES: readonly string[] = [
  'high arm wave',
  'horizontal arm wave',
  'hammer',
  'hand catch',
  'forward punch',
  'high throw',
  'draw X',
  'draw tick',
  'draw circle',
  'hand clap',
  'two hand wave',
  'side boxing',
  'bend',
  'forward kick',
  'side kick',
  'jogging',
  'tennis swing',
  'tennis serve',
  'golf swing',
  'pickup and throw',
]

const LIST = /(?:^|\/)files_used_in_cvpr12_paper\.txt$/
const LISTED_SPLIT = 'msr-action3d-557'

/**
 * MSR-Action3D (Li, Zhang, Liu: Action Recognition Based on a Bag of 3D Points, CVPR Workshops 2010): a file
 * `aAA_sSS_eEE_skeleton3D.txt` (action, subject, take) per clip, a line `x y z confidence` per joint, 20 per frame, in
 * metres. A joint that was not seen is 0, 0, 0 with confidence 0; some clips consist of nothing else, and the list of 557
 * clips that most papers use leaves the worst of them out. Where that list, `files_used_in_cvpr12_paper.txt`, is there, the
 * split `msr-action3d-557` divides its clips by subject.
 */
export const msrAction3d: Reader = {
  name: 'msr-action3d',
  description: 'MSR-Action3D: a folder or zip with files aAA_sSS_eEE_skeleton3D.txt',
  recognises: (files) => anyNamed(files, FORM),
  read(files, where, _, onDamaged) {
    const dataset = datasetOfSources(
      'msr-action3d',
      MSR_ACTION3D_CLASSES,
      sourcesOfFiles(files, FORM, readClip),
      where,
      { onDamaged },
    )
    const list = files.find(({ name }) => LIST.test(name))
    return list ? { ...dataset, splits: { [LISTED_SPLIT]: listedSplit(dataset.entries, list) } } : dataset
  },
}

function readClip(file: NamedFile, [id, action, subject, take]: string[]): Clip {
  const { where } = file
  const { rows, values } = readNumberTable(file.bytes(), where, {
    columns: 4,
    separator: 'space',
    columnName: (column) => ['x', 'y', 'z', 'confidence'][column],
  })
  if (rows % JOINTS !== 0) {
    throw new OssatureError('the last frame is incomplete', {
      where: `${where}, frame ${Math.floor(rows / JOINTS)}`,
      expected: `${JOINTS} lines per frame, one per joint`,
      found: `${rows % JOINTS}`,
    })
  }
  const data = new Float32Array(rows * 3)
  const score = new Float32Array(rows)
  for (let joint = 0; joint < rows; joint++) {
    data.set(values.subarray(4 * joint, 4 * joint + 3), 3 * joint)
    score[joint] = values[4 * joint + 3]
  }
  return {
    id,
    label: labelFromNumber(action, MSR_ACTION3D_CLASSES, where),
    layout: 'msr-action3d',
    points: { data, persons: 1, frames: rows / JOINTS, joints: JOINTS, channels: 3 },
    score,
    meta: { performer: Number(subject), repetition: Number(take) },
  }
}

/** Listed clips of odd subjects train, of even subjects test; others are in neither part. */
function listedSplit(entries: readonly ClipEntry[], list: NamedFile): Split {
  const names = decodeText(list.bytes(), list.where).split(/\s+/)
  const listed = selectById(
    entries,
    names.filter((name) => name !== ''),
    list.where,
  ).sort((a, b) => a - b)
  const odd = (index: number) => entries[index].meta.performer! % 2 === 1
  return { train: listed.filter(odd), test: listed.filter((index) => !odd(index)) }
}
