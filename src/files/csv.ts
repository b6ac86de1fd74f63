import { parse } from 'csv-parse/sync'
import { OssatureError } from '../errors.ts'

/** A line of a table: its fields and its number in the file, from 1. */
export interface CsvRow {
  readonly line: number
  readonly fields: readonly string[]
}

/**
 * The lines of a text of comma-separated values in UTF-8 (RFC 4180), all with the same number of fields; spaces around
 * fields, empty lines and a byte-order mark are taken away.
 *
 * @throws OssatureError naming the line
 */
export function parseCsv(bytes: Uint8Array, where: string): CsvRow[] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new OssatureError('the file is not text in UTF-8', { where })
  }
  try {
    const records = parse(text, {
      skip_empty_lines: true,
      trim: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({ line: info.lines, fields: record }))
  } catch (error) {
    throw new OssatureError('the file is not a table of comma-separated values', {
      where,
      found: (error as Error).message,
    })
  }
}
