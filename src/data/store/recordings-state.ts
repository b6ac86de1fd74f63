import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { fileFailure } from '../../files/failure.ts'
import { listFiles } from '../../files/file-tree.ts'

export const recordingsStateSchema = z.strictObject({
  /** Digest of the names and sizes of all files. */
  files: z.string(),
  /** When the file that was changed last was changed, in milliseconds since 1970. */
  newest: z.number(),
})

/** What tells whether recordings are as they were: the names and sizes of their files, and when they were changed. */
export type RecordingsState = z.infer<typeof recordingsStateSchema>

/** The state of the recordings at a path; an archive counts as one file. @throws OssatureError when nothing is there */
export function stateOfRecordings(path: string): RecordingsState {
  const digest = createHash('sha256')
  let newest = 0
  for (const { name, size, modified = 0 } of filesAt(path)) {
    digest.update(`${size} ${name}\n`)
    newest = Math.max(newest, modified)
  }
  return { files: digest.digest('base64'), newest }
}

/**
 * Whether recordings were changed after they had this state: files added, removed, renamed or written. False where nothing
 * is at the path.
 */
export function changedSince(earlier: RecordingsState, path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false
  const { files, newest } = stateOfRecordings(path)
  return files !== earlier.files || newest > earlier.newest
}

function filesAt(path: string): readonly { name: string; size: number; modified?: number }[] {
  try {
    const state = statSync(path)
    if (state.isDirectory()) return listFiles(path)
    return [{ name: basename(path), size: state.size, modified: state.mtimeMs }]
  } catch (error) {
    throw fileFailure(error, 'cannot open', path)
  }
}
