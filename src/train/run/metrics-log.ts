import { readFileSync } from 'node:fs'
import { OssatureError } from '../../errors.ts'
import { fileFailure } from '../../files/failure.ts'
import { AppendFile, type AppendingFileSystem } from './append-file.ts'
import { parseJson, stringifyJson } from './json-numbers.ts'

/** One line of `metrics.jsonl`. NaN and infinite values are kept. */
export interface MetricsRecord {
  /** Optimiser steps done since the start of the run, over all phases; never smaller than on the line before. */
  readonly step: number
  readonly epoch?: number
  readonly phase?: string
  readonly [name: string]: number | string | boolean | null | undefined
}

/**
 * The numbers of a run, `metrics.jsonl`: one JSON object per line, only ever appended to.
 *
 * Order of calls that makes a resumed log equal to an uninterrupted one: append the lines of a step, `sync`, then save
 * the checkpoint of that step.
 */
export class MetricsLog {
  private readonly file: AppendFile
  private lastStep = Number.NEGATIVE_INFINITY

  /**
   * @param continueFrom step of the checkpoint that the run goes on from: later lines, and a last line torn by a crash,
   *   are cut off. Without it the log starts empty.
   * @throws OssatureError when the file is damaged before its last line, or cannot be opened
   */
  constructor(path: string, continueFrom?: number, system?: AppendingFileSystem) {
    const goodLength = (bytes: Uint8Array): number => {
      if (continueFrom === undefined) return 0
      const kept = parseLines(bytes, path).filter(({ record }) => record.step <= continueFrom)
      const last = kept.at(-1)
      if (last) this.lastStep = last.record.step
      return last?.end ?? 0
    }
    this.file = new AppendFile(path, goodLength, system)
  }

  /** @throws OssatureError when the disk is full, ...; the file then ends with the line before */
  append(record: MetricsRecord): void {
    if (!(record.step >= this.lastStep))
      throw new RangeError(`metrics of step ${record.step} after those of step ${this.lastStep}`)
    this.file.append(new TextEncoder().encode(`${stringifyJson(record)}\n`))
    this.lastStep = record.step
  }

  /** Waits until every line is on the disk; call it at the end of each epoch and before a checkpoint. */
  sync(): void {
    this.file.sync()
  }

  close(): void {
    this.file.close()
  }
}

/**
 * All whole lines of a `metrics.jsonl`, also while it is being written.
 * @throws OssatureError when the file cannot be read or a line before the last is not a record
 */
export function readMetrics(path: string): MetricsRecord[] {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw fileFailure(error, 'cannot read the metrics', path)
  }
  return parseLines(bytes, path).map(({ record }) => record)
}

const NEWLINE = 0x0a

/** The records with the byte after each one's line. A last line without its newline is torn and left out. */
function parseLines(bytes: Uint8Array, path: string): { record: MetricsRecord; end: number }[] {
  const lines: { record: MetricsRecord; end: number }[] = []
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start)
    if (newline < 0) break
    const record = parseRecord(bytes.subarray(start, newline))
    if (!record) {
      if (onlyTorn(bytes.subarray(start))) break
      throw new OssatureError('this line is not a record of metrics', {
        where: `${path}, line ${lines.length + 1}`,
        expected: 'a JSON object with a number "step"',
        found: JSON.stringify(new TextDecoder().decode(bytes.subarray(start, Math.min(newline, start + 60)))),
        hint: 'Remove the damaged line.',
      })
    }
    start = newline + 1
    lines.push({ record, end: start })
  }
  return lines
}

function parseRecord(line: Uint8Array): MetricsRecord | undefined {
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(line))
    const step = typeof value === 'object' && value !== null ? (value as { step?: unknown }).step : undefined
    return typeof step === 'number' ? (value as unknown as MetricsRecord) : undefined
  } catch {
    return undefined
  }
}

/** After a power failure a file can end in zero bytes instead of what was written last. */
function onlyTorn(rest: Uint8Array): boolean {
  return rest.indexOf(NEWLINE) === rest.length - 1 && rest.includes(0)
}
