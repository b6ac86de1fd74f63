import { OssatureError } from '../../../errors.ts'
import { parseCsv, readCsv } from '../../../files/csv.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { unnamedClasses } from '../../classes/unnamed-classes.ts'
import type { Clip } from '../../clip.ts'
import { datasetOf } from '../../dataset.ts'
import { checkedLabel } from '../arrays/feeder-labels.ts'
import type { Reader } from '../reader.ts'
import { beginning } from '../shared/json-values.ts'
import { finiteNumber } from '../shared/number-table.ts'

const JOINTS = 21
const FORM = /(?:^|\/)keypoint\.csv$/
const NAMES = /(?:^|\/)keypoint_classifier_label\.csv$/

/**
 * Hand postures as the hand gesture demonstration of Takahashi (hand-gesture-recognition-using-mediapipe) records them: a
 * table `keypoint.csv` without header, a line per posture: its class, then x y of 21 MediaPipe landmarks relative to the
 * wrist, divided by the largest. `keypoint_classifier_label.csv` names the classes. A clip is one line; neighbouring lines
 * are frames of one recording, so a random split leaks. The trajectories of finger tips beside them are no skeletons and
 * are passed over.
 */
export const mediapipeHandTable: Reader = {
  name: 'mediapipe-hand-table',
  description: 'MediaPipe hand postures: keypoint.csv with a class and 42 numbers per line',
  recognises(files) {
    const table = files.find(({ name }) => FORM.test(name))
    return table !== undefined && /^\ufeff?\d+(,[^,\n]*){42}\r?(\n|$)/.test(beginning(table.bytes()))
  },
  read(files, where) {
    const tables = files.filter(({ name }) => FORM.test(name))
    if (tables.length > 1) throw new OssatureError('there are two tables', { where, found: tables[1].name })
    const clips = readPostures(tables[0])
    const names = files.find(({ name }) => NAMES.test(name))
    const most = clips.reduce((largest, { label }) => Math.max(largest, label), 0)
    const classes = names
      ? parseCsv(names.bytes(), names.where).map(({ fields }) => fields[0])
      : unnamedClasses(most + 1)
    if (most >= classes.length) {
      const expected = `at most ${classes.length - 1}`
      throw new OssatureError('a class has no name', { where: names?.where ?? where, expected, found: `${most}` })
    }
    const notes = ['Neighbouring clips are frames of one recording: do not divide them at random.']
    return datasetOf('mediapipe-hand-table', classes, clips, { notes })
  },
}

function readPostures(file: NamedFile): Clip[] {
  const { where } = file
  const clips: Clip[] = []
  readCsv(file.bytes(), where, ({ line, fields }) => {
    const place = `${where}, line ${line}`
    if (fields.length !== 1 + JOINTS * 2) {
      const expected = `a class and ${JOINTS * 2} numbers`
      throw new OssatureError('a line is no posture', { where: place, expected, found: `${fields.length} fields` })
    }
    const label = checkedLabel(/^\d{1,6}$/.test(fields[0]) ? Number(fields[0]) : fields[0], place)
    const data = Float32Array.from(fields.slice(1), (text, i) =>
      finiteNumber(text, () => `${place}, joint ${i >> 1}, ${'xy'[i % 2]}`),
    )
    const id = String(clips.length + 1).padStart(6, '0')
    const points = { data, persons: 1, frames: 1, joints: JOINTS, channels: 2 }
    clips.push({ id, label, layout: 'handmp', points, meta: {} })
  })
  return clips
}
