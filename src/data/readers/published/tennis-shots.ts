import { OssatureError } from '../../../errors.ts'
import { parseCsv } from '../../../files/csv.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import type { Reader } from '../reader.ts'
import { anyNamed, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { finiteNumber } from '../shared/number-table.ts'

const FORM = /(?:^|\/)([^/]+)\/shots\/(backhand|forehand|neutral|serve)_(\d+)\.csv$/

/** COCO without eyes and ears. */
const JOINTS = [
  'nose',
  ...['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'].flatMap((joint) => [`left_${joint}`, `right_${joint}`]),
]
const HEADER = [...JOINTS.flatMap((joint) => [`${joint}_y`, `${joint}_x`]), 'shot']

export const TENNIS_SHOTS_CLASSES: readonly string[] = ['backhand', 'forehand', 'neutral', 'serve']

/**
 * Tennis shots (Keller: tennis_shot_recognition): a file `MATCH/shots/CLASS_NNN.csv` per clip of one second, a line per
 * frame with y before x of 13 joints as shares of a square cut around the player, y downwards. Set-up = number of the match
 * in the order of the names: windows of one match must not stand in both parts of a split.
 */
export const tennisShots: Reader = {
  name: 'tennis-shots',
  description: 'tennis shots: a folder or zip with MATCH/shots/CLASS_NNN.csv',
  recognises: (files) => anyNamed(files, FORM),
  read(files, where, _, onDamaged) {
    const matches = [...new Set(files.flatMap(({ name }) => FORM.exec(name)?.[1] ?? []))].sort()
    const sources = sourcesOfFiles(files, FORM, (file, groups) => readClip(file, groups, matches))
    const notes = [`Set-ups are the matches: ${matches.map((match, i) => `${i + 1} ${match}`).join(', ')}.`]
    return { ...datasetOfSources('tennis-shots', TENNIS_SHOTS_CLASSES, sources, where, { onDamaged }), notes }
  },
}

function readClip(file: NamedFile, [match, shot, number]: string[], matches: readonly string[]): Clip {
  const { where } = file
  const [header, ...rows] = parseCsv(file.bytes(), where)
  if (!header || header.fields.join() !== HEADER.join()) {
    throw new OssatureError('the first line is not the header of the tennis shots', {
      where: `${where}, line 1`,
      expected: HEADER.join(),
      found: (header?.fields.join() ?? 'nothing').slice(0, 200),
    })
  }
  if (rows.length === 0) throw new OssatureError('the file has no frames', { where })
  const data = new Float32Array(rows.length * JOINTS.length * 2)
  for (const [frame, row] of rows.entries()) {
    const line = `${where}, line ${row.line}`
    if (row.fields.at(-1) !== shot) {
      throw new OssatureError('the line belongs to another class', {
        where: line,
        expected: shot,
        found: row.fields.at(-1),
      })
    }
    for (let column = 0; column < 2 * JOINTS.length; column++) {
      const joint = column >> 1
      const channel = column % 2 === 0 ? 1 : 0
      data[(frame * JOINTS.length + joint) * 2 + channel] = finiteNumber(
        row.fields[column],
        () => `${line}, ${HEADER[column]}`,
      )
    }
  }
  return {
    id: `${match}_${shot}_${number}`,
    label: TENNIS_SHOTS_CLASSES.indexOf(shot),
    layout: 'coco-13',
    points: { data, persons: 1, frames: rows.length, joints: JOINTS.length, channels: 2 },
    meta: { setup: matches.indexOf(match) + 1, frameRate: 30 },
  }
}
