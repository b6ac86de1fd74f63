import { OssatureError } from '../../../errors.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import type { ClipEntry } from '../../dataset.ts'
import type { Split } from '../../splits/split.ts'
import type { Reader } from '../reader.ts'
import { anyNamed, labelFromNumber, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { framePoints, jointColumns, readNumberTable } from '../shared/number-table.ts'

const JOINTS = 22
const FORM = /(?:^|\/)gesture_(\d{1,2})\/finger_(\d)\/subject_(\d{1,2})\/essai_(\d{1,2})\/skeletons_world\.txt$/

const GESTURES = [
  ...[
    'grab',
    'tap',
    'expand',
    'pinch',
    'rotation clockwise',
    'rotation counter-clockwise',
    'swipe right',
    'swipe left',
  ],
  ...['swipe up', 'swipe down', 'swipe X', 'swipe +', 'swipe V', 'shake'],
]
const WAYS = ['one finger', 'whole hand']

/** The 28 gestures: each of the 14 with one finger, then with the whole hand. */
export const SHREC17_CLASSES: readonly string[] = GESTURES.flatMap((gesture) => WAYS.map((way) => `${gesture}, ${way}`))

/** The 14 gestures of the coarser task, see `CLASS_GROUPS`. */
export const SHREC17_GESTURES: readonly string[] = GESTURES

/**
 * The track of SHREC'17 on dynamic hand gestures (De Smedt, Wannous, Vandeborre, Guerry, Le Saux, Filliat, 3DOR 2017):
 * a file `gesture_G/finger_F/subject_S/essai_E/skeletons_world.txt` per clip, a line of 22 joints per frame, in metres.
 * Labels are those of the 28 gestures. Where `train_gestures.txt` and `test_gestures.txt` are there, they are the split
 * `shrec17`, of the clips that are there.
 */
export const shrec17: Reader = {
  name: 'shrec17',
  description: "SHREC'17 hand gestures: a folder or zip with gesture_G/finger_F/subject_S/essai_E/skeletons_world.txt",
  recognises: (files) => anyNamed(files, FORM),
  read(files, where, _, onDamaged) {
    const dataset = datasetOfSources('shrec17', SHREC17_CLASSES, sourcesOfFiles(files, FORM, readClip), where, {
      onDamaged,
    })
    const split = readLists(files, dataset.entries)
    return split ? { ...dataset, splits: { shrec17: split } } : dataset
  },
}

function readClip(file: NamedFile, [gesture, finger, subject, take]: string[]): Clip {
  const label = 2 * labelFromNumber(gesture, GESTURES, file.where) + labelFromNumber(finger, WAYS, file.where)
  const columns = JOINTS * 3
  const table = readNumberTable(file.bytes(), file.where, {
    columns,
    separator: 'space',
    columnName: jointColumns(JOINTS),
  })
  return {
    id: idOf(gesture, finger, subject, take),
    label,
    layout: 'shrec17',
    points: framePoints(table, { joints: JOINTS }),
    meta: { performer: Number(subject), repetition: Number(take), frameRate: 30 },
  }
}

function idOf(gesture: string, finger: string, subject: string, take: string): string {
  const [g, s, e] = [gesture, subject, take].map((number) => number.padStart(2, '0'))
  return `g${g}_f${finger}_s${s}_e${e}`
}

/** The lists hold `gesture finger subject take label14 label28 frames`, all from 1. */
function readLists(files: readonly NamedFile[], entries: readonly ClipEntry[]): Split | undefined {
  const lists = (['train', 'test'] as const).map((part) =>
    files.find(({ name }) => new RegExp(`(?:^|/)${part}_gestures\\.txt$`).test(name)),
  )
  if (!lists[0] || !lists[1]) return undefined
  const indices = new Map(entries.map(({ id }, index) => [id, index]))
  const [train, test] = lists.map((list) => {
    const names = ['gesture', 'finger', 'subject', 'take', 'label of 14', 'label of 28', 'frames']
    const { rows, values, lines } = readNumberTable(list!.bytes(), list!.where, {
      columns: 7,
      separator: 'space',
      columnName: (column) => names[column],
    })
    const part: number[] = []
    for (let row = 0; row < rows; row++) {
      const [gesture, finger, subject, take, , label, frames] = values.subarray(7 * row, 7 * row + 7)
      const index = indices.get(idOf(`${gesture}`, `${finger}`, `${subject}`, `${take}`))
      if (index === undefined) continue
      const clip = entries[index]
      if (clip.label !== label - 1 || clip.frames !== frames) {
        throw new OssatureError('the list does not agree with the clip', {
          where: `${list!.where}, line ${lines[row]}`,
          expected: `label ${clip.label + 1}, ${clip.frames} frames as in clip ${clip.id}`,
          found: `label ${label}, ${frames} frames`,
        })
      }
      part.push(index)
    }
    return part
  })
  return { train, test }
}
