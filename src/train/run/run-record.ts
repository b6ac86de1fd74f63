import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { OssatureError } from '../../errors.ts'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import { decodeText } from '../../files/decode-text.ts'
import { readFileBytes } from '../../files/file-tree.ts'
import { parseYamlOptions } from '../../files/yaml-options.ts'
import type { RunEnvironment } from './environment.ts'

export const OPTIONS = 'options.yaml'
export const ENVIRONMENT = 'environment.json'

export type RunStatus = 'running' | 'finished' | 'failed' | 'interrupted'

/** One start of a run; a resumed run has several, perhaps on several machines. Times are ISO 8601. */
export interface RunSession extends RunEnvironment {
  readonly started: string
  readonly ended: string | null
  readonly status: RunStatus
}

/**
 * Where the data of a run lie and how they were read, with absolute paths, for a later start that does not say so. It
 * stands in the record alone: reports and networks are passed on, and say nothing of the folders of a machine.
 */
export interface RunData {
  readonly path: string
  readonly reader?: string
  /** Settings of the reader, `NAME=VALUE`. */
  readonly readerSet: readonly string[]
  /** What a project file says of the recordings. */
  readonly name?: string
  readonly layout?: string
  readonly readerOptions?: Readonly<Record<string, unknown>>
}

/** Contents of `environment.json`. `status` is that of the last session. */
export interface RunRecord {
  readonly status: RunStatus
  readonly data?: RunData
  readonly sessions: readonly RunSession[]
}

/** Whether a folder is a run of this package. */
export function isRun(path: string): boolean {
  return existsSync(join(path, OPTIONS)) && existsSync(join(path, ENVIRONMENT))
}

/** Reads `environment.json`. @throws OssatureError when it is missing or damaged */
export function readRun(path: string): RunRecord {
  const file = join(path, ENVIRONMENT)
  const text = decodeText(readFileBytes(file), file)
  let record: Partial<RunRecord> | null = null
  try {
    record = JSON.parse(text)
  } catch {}
  if (!record || typeof record.status !== 'string' || !Array.isArray(record.sessions))
    throw new OssatureError('the record of the run is damaged', {
      where: file,
      expected: 'a JSON object with "status" and "sessions"',
      found: text.slice(0, 60),
    })
  return record as RunRecord
}

/** Reads `options.yaml`. @throws OssatureError when it is missing or damaged */
export function readRunOptions(path: string): Record<string, unknown> {
  const file = join(path, OPTIONS)
  return parseYamlOptions(decodeText(readFileBytes(file), file), file)
}

/** Replaces `environment.json`. */
export function writeRun(path: string, record: RunRecord): void {
  writeFileAtomically(join(path, ENVIRONMENT), `${JSON.stringify(record, null, 2)}\n`)
}
