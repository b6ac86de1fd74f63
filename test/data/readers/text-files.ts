import fc from 'fast-check'
import { expect } from 'vitest'
import type { Dataset } from '../../../src/data/dataset.ts'
import type { Reader } from '../../../src/data/readers/reader.ts'
import { OssatureError } from '../../../src/errors.ts'
import type { NamedFile } from '../../../src/files/named-file.ts'
import { mutationsOf } from '../../files/mutations.ts'

/** A file in memory, as it would stand in `set.zip`. */
export function memoryFile(name: string, content: string | Uint8Array): NamedFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { name, size: bytes.length, where: `set.zip, ${name}`, bytes: () => bytes }
}

/** Files by name, sorted as a folder lists them. */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): NamedFile[] {
  const files = Object.entries(contents).map(([name, content]) => memoryFile(name, content))
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What a reader refuses, with the message of an error for people. */
export function expectRefused(read: () => unknown, message: RegExp): void {
  expect(read).toThrow(OssatureError)
  expect(read).toThrow(message)
}

/** Each file in turn is damaged: the reader must refuse it with an OssatureError, or give clips that can be read. */
export function expectRobust(reader: Reader, files: readonly NamedFile[]): void {
  const numRuns = Math.ceil(Number(process.env.OSSATURE_MUTATIONS ?? 300) / files.length)
  for (const [index, file] of files.entries()) {
    fc.assert(
      fc.property(mutationsOf(file.bytes()), (damaged) => {
        const changed = files.with(index, { ...file, size: damaged.length, bytes: () => damaged })
        try {
          expectSound(reader.read(changed, 'set.zip'))
        } catch (error) {
          if (!(error instanceof OssatureError)) throw error
        }
      }),
      { numRuns },
    )
  }
}

function expectSound(dataset: Dataset): void {
  for (const [index, entry] of dataset.entries.entries()) {
    const { points, score, label } = dataset.clip(index)
    const joints = points.persons * points.frames * points.joints
    expect(points.frames).toBe(entry.frames)
    expect(points.data.length).toBe(joints * points.channels)
    expect(points.data.every(Number.isFinite)).toBe(true)
    expect(score?.length ?? joints).toBe(joints)
    expect(dataset.classes[label]).toBeTypeOf('string')
  }
}

/** Lines of numbers from a rule. */
export function lines(
  rows: number,
  columns: number,
  separator: string,
  value: (row: number, column: number) => number,
) {
  const row = (r: number) => Array.from({ length: columns }, (_, c) => value(r, c)).join(separator)
  return `${Array.from({ length: rows }, (_, r) => row(r)).join('\n')}\n`
}
