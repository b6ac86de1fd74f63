import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { strToU8 } from 'fflate'
import { listFiles } from '../../../src/files/file-tree.ts'
import type { NamedFile } from '../../../src/files/named-file.ts'

/** A file in memory: bytes, text, or a value that becomes JSON. */
export function recordedFile(name: string, content: unknown): NamedFile {
  const bytes =
    content instanceof Uint8Array ? content : strToU8(typeof content === 'string' ? content : JSON.stringify(content))
  return { name, size: bytes.length, where: `set/${name}`, bytes: () => bytes }
}

const FIXTURES = new URL('fixtures/', import.meta.url)

/** Path of a file or folder of `fixtures/`, as Python wrote it (`reference/recordings.py`). */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(name, FIXTURES))
}

export function fixtureBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fixturePath(name)))
}

/** The files of a folder of `fixtures/`, or of an archive or file there. */
export function fixtureFiles(name: string): NamedFile[] {
  return listFiles(fixturePath(name))
}

/** Element i of the arrays of the fixtures. */
export const eighth = (i: number) => (i % 4096) / 8
