import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { OssatureError } from '../errors.ts'
import { fileFailure } from './failure.ts'
import type { NamedFile } from './named-file.ts'
import { isZip, readZip } from './zip/zip.ts'

/** Guards against a folder such as the root of a disk. */
const MAX_FILES = 1_000_000

/** Bytes that are read at once: one call of the system gives at most 2 GiB. */
const PIECE = 2 ** 30

/** The bytes of a file. @throws OssatureError naming the path */
export function readFileBytes(path: string): Uint8Array {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const state = fstatSync(file)
    // What is not on a disk, such as a pipe, has no size.
    return state.isFile() ? readPieces(file, roomFor(state.size, path)) : readFileSync(file)
  } catch (error) {
    throw fileFailure(error, 'cannot read the file', path)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function roomFor(size: number, path: string): Uint8Array {
  try {
    if (size <= totalmem()) return new Uint8Array(size)
  } catch {
    // The engine has no array of that length (4 GiB in Node.js 20), or there is no memory left.
  }
  throw new OssatureError('the file is too large to be read at once', {
    where: path,
    found: `${(size / 2 ** 30).toFixed(1)} GiB`,
    hint: 'Unpack an archive and name the folder; divide other files.',
  })
}

/** A file that became shorter in the meantime gives what is left of it. */
function readPieces(file: number, bytes: Uint8Array): Uint8Array {
  let done = 0
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, Math.min(PIECE, bytes.length - done), done)
    if (read === 0) return bytes.subarray(0, done)
    done += read
  }
  return bytes
}

/**
 * The files at a path, sorted by name: those of a folder (and of the folders in it), of a zip archive, or the one file.
 * Hidden files and the resource forks that macOS adds to archives are left out.
 *
 * @throws OssatureError when nothing is there, it cannot be read, or the archive is damaged
 */
export function listFiles(path: string): NamedFile[] {
  let files: NamedFile[]
  try {
    files = statSync(path).isDirectory() ? filesOfFolder(path) : filesOfFile(path)
  } catch (error) {
    throw fileFailure(error, 'cannot open', path)
  }
  return files
    .filter(({ name }) => !name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX'))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function filesOfFile(path: string): NamedFile[] {
  const bytes = readFileBytes(path)
  if (isZip(bytes)) return readZip(bytes, path)
  return [{ name: basename(path), size: bytes.length, where: path, bytes: () => bytes }]
}

/** Links to files are followed, links to folders are not: they could form a circle. */
function filesOfFolder(root: string): NamedFile[] {
  const files: NamedFile[] = []
  const pending = ['']
  for (let prefix = pending.pop(); prefix !== undefined; prefix = pending.pop()) {
    for (const entry of readdirSync(join(root, prefix), { withFileTypes: true })) {
      const name = prefix + entry.name
      const where = join(root, name)
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) pending.push(`${name}/`)
      const state = entry.isFile() || entry.isSymbolicLink() ? statSync(where, { throwIfNoEntry: false }) : undefined
      if (state?.isFile())
        files.push({ name, size: state.size, modified: state.mtimeMs, where, bytes: () => readFileBytes(where) })
      if (files.length > MAX_FILES) {
        throw new OssatureError('the folder has too many files', { where: root, expected: `at most ${MAX_FILES}` })
      }
    }
  }
  return files
}
