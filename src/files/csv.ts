import { parse } from 'csv-parse/sync'
import { OssatureError } from '../errors.ts'
import { decodeText } from './decode-text.ts'

/** A line of a table: its fields and its number in the file, from 1. */
export interface CsvRow {
  readonly line: number
  readonly fields: readonly string[]
}

/** All lines of a table at once, see `readCsv`. @throws OssatureError naming the line */
export function parseCsv(bytes: Uint8Array, where: string): CsvRow[] {
  const rows: CsvRow[] = []
  readCsv(bytes, where, (row) => rows.push(row))
  return rows
}

/**
 * Hands on the lines of a text of comma-separated values in UTF-8 (RFC 4180), all with the same number of fields; spaces around
 * fields, empty lines and a byte-order mark are taken away.
 *
 * @throws OssatureError naming the line
 */
export function readCsv(bytes: Uint8Array, where: string, take: (row: CsvRow) => void): void {
  const text = decodeText(bytes, where)
  try {
    parse(text, {
      skip_empty_lines: true,
      trim: true,
      // Nothing is returned, so that lines do not pile up in memory.
      on_record: (fields: string[], { lines }) => void take({ line: lines, fields }),
    })
  } catch (error) {
    if (error instanceof OssatureError) throw error
    throw new OssatureError('the file is not a table of comma-separated values', {
      where,
      found: (error as Error).message,
    })
  }
}
