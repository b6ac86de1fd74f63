import * as fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileFailure } from './failure.ts'

/** The calls of `node:fs` that writing needs; tests pass one that fails at a chosen call. */
export type WritingFileSystem = Pick<
  typeof fs,
  'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'rmSync' | 'mkdirSync' | 'existsSync'
>

/**
 * Writes a file so that a reader sees the old contents or the new ones, never a part: a temporary file in the same folder
 * is written, synced to the disk and renamed. On failure the temporary file is removed and the old file stays.
 *
 * @param data text is written as UTF-8
 * @throws OssatureError naming `path` when the disk is full, permission is missing, ...
 */
export function writeFileAtomically(path: string, data: Uint8Array | string, system: WritingFileSystem = fs): void {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  const temporary = temporaryName(path)
  try {
    const file = system.openSync(temporary, 'wx')
    try {
      writeAll(file, bytes, null, system)
      system.fsyncSync(file)
    } finally {
      system.closeSync(file)
    }
    system.renameSync(temporary, path)
  } catch (error) {
    removeQuietly(temporary, system)
    throw fileFailure(error, 'cannot write the file', path)
  }
  syncFolder(dirname(path), system)
}

/**
 * Builds a whole folder so that it is never half visible: `build` fills a temporary folder beside it, which is renamed
 * when `build` is done. If `folder` exists, it is set aside first and put back when the rename fails.
 * On failure the temporary folder is removed and the old folder stays.
 *
 * @param build receives the path of the temporary folder; it syncs the files that it writes (see `syncedFile`)
 * @throws OssatureError naming `folder`; what `build` throws is passed on
 */
export async function writeFolderAtomically(
  folder: string,
  build: (temporary: string) => void | Promise<void>,
  system: WritingFileSystem = fs,
): Promise<void> {
  const temporary = temporaryName(folder)
  try {
    system.mkdirSync(dirname(folder), { recursive: true })
    system.mkdirSync(temporary)
  } catch (error) {
    throw fileFailure(error, 'cannot make the folder', folder)
  }
  try {
    await build(temporary)
  } catch (error) {
    removeQuietly(temporary, system)
    throw isSystemError(error) ? fileFailure(error, 'cannot write the folder', folder) : error
  }
  try {
    syncFolder(temporary, system)
    replaceFolder(temporary, folder, system)
  } catch (error) {
    removeQuietly(temporary, system)
    throw fileFailure(error, 'cannot write the folder', folder)
  }
  syncFolder(dirname(folder), system)
}

/** Writes all bytes to an open file, at `start` or where the last write ended; a short write is continued. */
export function writeAll(
  file: number,
  bytes: Uint8Array,
  start: number | null = null,
  system: Pick<typeof fs, 'writeSync'> = fs,
): void {
  for (let done = 0; done < bytes.length; ) {
    done += system.writeSync(file, bytes, done, bytes.length - done, start === null ? null : start + done)
  }
}

/** Opens a new file, lets `write` fill it, syncs it to the disk and closes it. For use inside `writeFolderAtomically`. */
export function syncedFile(path: string, write: (file: number) => void, system: WritingFileSystem = fs): void {
  const file = system.openSync(path, 'wx')
  try {
    write(file)
    system.fsyncSync(file)
  } finally {
    system.closeSync(file)
  }
}

let temporaries = 0

function temporaryName(path: string): string {
  temporaries += 1
  return join(dirname(path), `.${basename(path)}.tmp-${process.pid}-${Date.now().toString(36)}-${temporaries}`)
}

function replaceFolder(temporary: string, folder: string, system: WritingFileSystem): void {
  if (!system.existsSync(folder)) {
    system.renameSync(temporary, folder)
    return
  }
  const aside = temporaryName(folder)
  system.renameSync(folder, aside)
  try {
    system.renameSync(temporary, folder)
  } catch (error) {
    system.renameSync(aside, folder)
    throw error
  }
  removeQuietly(aside, system)
}

/** Makes a rename durable. Not every platform can sync a folder, and the data are already safe: failures are ignored. */
function syncFolder(folder: string, system: WritingFileSystem): void {
  try {
    const handle = system.openSync(folder, 'r')
    try {
      system.fsyncSync(handle)
    } finally {
      system.closeSync(handle)
    }
  } catch {}
}

function removeQuietly(path: string, system: WritingFileSystem): void {
  try {
    system.rmSync(path, { recursive: true, force: true })
  } catch {}
}

function isSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | undefined)?.syscall === 'string'
}
