import { OssatureError } from '../../../errors.ts'
import { decimalNumber } from '../../../files/decimal-number.ts'
import { decodeText } from '../../../files/decode-text.ts'
import type { Points } from '../../../skeleton/points.ts'

/** Lines of numbers, as the older data sets write their frames. */
export interface NumberTable {
  readonly rows: number
  readonly columns: number
  /** Row-major (rows, columns). */
  readonly values: Float64Array
  /** Number of the line in the file, from 1, by row. */
  readonly lines: readonly number[]
}

export interface TableForm {
  readonly columns: number
  readonly separator: 'comma' | 'space'
  /** What a column holds, for messages: `joint 3, y`. */
  readonly columnName: (column: number) => string
}

/**
 * The numbers of a text with one row per line and the same number of columns in each; empty lines are passed over.
 *
 * @param where name of the file for messages
 * @throws OssatureError naming line and column for anything that is not a number that float32 can hold
 */
export function readNumberTable(bytes: Uint8Array, where: string, form: TableForm): NumberTable {
  const values: number[] = []
  const lines: number[] = []
  for (const [index, line] of decodeText(bytes, where).split('\n').entries()) {
    const content = line.trim()
    if (content === '') continue
    const fields = form.separator === 'comma' ? content.split(',') : content.split(/\s+/)
    if (fields.length !== form.columns) {
      throw new OssatureError('a line does not have as many numbers as it should', {
        where: `${where}, line ${index + 1}`,
        expected: `${form.columns} numbers, separated by ${form.separator === 'comma' ? 'commas' : 'spaces'}`,
        found: `${fields.length}`,
      })
    }
    for (let column = 0; column < fields.length; column++) {
      const place = () => `${where}, line ${index + 1}, ${form.columnName(column)}`
      values.push(finiteNumber(fields[column].trim(), place))
    }
    lines.push(index + 1)
  }
  if (lines.length === 0) throw new OssatureError('the file has no frames', { where, expected: 'a line per frame' })
  return { rows: lines.length, columns: form.columns, values: Float64Array.from(values), lines }
}

/** A decimal number that float32 can hold. @throws OssatureError */
export function finiteNumber(text: string, where: () => string): number {
  const value = decimalNumber(text)
  if (Number.isFinite(Math.fround(value))) return value
  throw new OssatureError('this is not a number that float32 can hold', {
    where: where(),
    expected: 'a decimal number',
    found: JSON.stringify(text.slice(0, 40)),
  })
}

/** Names of columns that hold joint after joint, `xyz` each, person after person, behind `first` other columns. */
export function jointColumns(
  joints: number,
  { first = 0, persons = 1, axes = 'xyz' } = {},
): (column: number) => string {
  return (column) => {
    if (column < first) return `column ${column + 1}`
    const coordinate = column - first
    const joint = Math.floor(coordinate / axes.length)
    const place = `joint ${joint % joints}, ${axes[coordinate % axes.length]}`
    return persons > 1 ? `person ${Math.floor(joint / joints)}, ${place}` : place
  }
}

/**
 * The points of a table with one row per frame: behind `first` other columns person after person, joint after joint,
 * coordinate after coordinate.
 */
export function framePoints(
  { rows, columns, values }: NumberTable,
  {
    persons = 1,
    joints,
    channels = 3,
    first = 0,
  }: { persons?: number; joints: number; channels?: number; first?: number },
): Points {
  const perPerson = joints * channels
  const data = new Float32Array(persons * rows * perPerson)
  for (let person = 0; person < persons; person++) {
    for (let frame = 0; frame < rows; frame++) {
      const from = frame * columns + first + person * perPerson
      data.set(values.subarray(from, from + perPerson), (person * rows + frame) * perPerson)
    }
  }
  return { data, persons, frames: rows, joints, channels }
}
