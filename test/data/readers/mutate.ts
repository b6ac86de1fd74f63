import fc from 'fast-check'
import { strToU8 } from 'fflate'
import { expect } from 'vitest'
import { arrayDefect } from '../../../src/data/checks/array-defect.ts'
import { checkEntries } from '../../../src/data/checks/check-for-training.ts'
import type { Dataset } from '../../../src/data/dataset.ts'
import { OssatureError } from '../../../src/errors.ts'
import type { NamedFile } from '../../../src/files/named-file.ts'
import { mutationsOf } from '../../files/mutations.ts'

/** Recordings of one format, and how they are read. */
export interface RecordedFormat {
  readonly name: string
  readonly files: readonly NamedFile[]
  read(files: readonly NamedFile[]): Dataset
}

/** Damages one of the files so often: the reader gives a data set that is sound, or an error for people. */
export function expectSoundOrRefused({ files, read }: RecordedFormat, runs: number): void {
  expectSound(read(files))
  const damaged = fc.oneof(
    ...files.map((file, at) =>
      damageOf(file).map((bytes) => files.with(at, { ...file, size: bytes.length, bytes: () => bytes })),
    ),
  )
  fc.assert(
    fc.property(damaged, (changed) => {
      const dataset = refusedOr(() => read(changed))
      // A clip may lie on the disk until it is asked for.
      for (let i = 0; dataset && i < dataset.entries.length; i++) refusedOr(() => dataset.clip(i))
      if (dataset) expectSound(dataset)
    }),
    { numRuns: runs },
  )
}

/** What training relies on. */
function expectSound(dataset: Dataset): void {
  checkEntries(dataset)
  for (const [i, entry] of dataset.entries.entries()) {
    const clip = refusedOr(() => dataset.clip(i))
    if (!clip) continue
    expect(arrayDefect(clip)).toBeUndefined()
    const { points, id, label } = clip
    expect({ id, label, persons: points.persons, frames: points.frames }).toEqual({
      id: entry.id,
      label: entry.label,
      persons: entry.persons,
      frames: entry.frames,
    })
    expect([points.joints, points.channels]).toEqual([dataset.joints, dataset.channels])
  }
  expect(Object.keys(Object.prototype)).toEqual([])
}

function refusedOr<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof OssatureError) return undefined
    throw error
  }
}

/** Changed bytes; of JSON, values that are something else as well. */
function damageOf(file: NamedFile): fc.Arbitrary<Uint8Array> {
  const bytes = mutationsOf(file.bytes())
  if (!file.name.endsWith('.json')) return bytes
  const value: unknown = JSON.parse(new TextDecoder().decode(file.bytes()))
  const places = placesIn(value)
  const replaced = fc
    .tuple(fc.nat(places.length - 1), fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...strange)))
    .map(([place, put]) => strToU8(JSON.stringify(withValue(value, places[place], put))))
  return fc.oneof(bytes, replaced)
}

const strange: unknown[] = [null, -1, 0, 0.5, 1e39, 2 ** 53, '', '__proto__', [], {}, [[]], [{}], 'NaN', true]

type Path = readonly (string | number)[]

function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const keys = Array.isArray(value) ? [...value.keys()].slice(0, 3) : Object.keys(value)
  return [path, ...keys.flatMap((key) => placesIn((value as Record<string | number, unknown>)[key], [...path, key]))]
}

function withValue(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put
  const inner = (value as Record<string | number, unknown>)[key]
  if (Array.isArray(value)) return value.with(key as number, withValue(inner, rest, put))
  return { ...(value as object), [key]: withValue(inner, rest, put) }
}
