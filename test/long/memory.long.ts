import { execFileSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { pickled } from '../files/pickled.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'

const newFolder = temporaryFolders()
const MIB = 2 ** 20
const SIZE = 4 * MIB

/** A piece again and again, about 4 MiB of it, between a beginning and an end. */
function filled(start: string, piece: string, end: string): Uint8Array {
  return pickled(start, piece.repeat(SIZE / piece.length), end)
}

/** Numbered pieces, each made by `piece`. */
function numbered(start: string, piece: (number: Uint8Array) => string, end: string): Uint8Array {
  const pieces = Array.from({ length: SIZE / 6 }, (_, i) => piece(new Uint8Array(Uint32Array.of(i * 977).buffer)))
  return pickled(start, pieces.join(''), end)
}

const binary = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const P = '\u0080\u0002'
const FLOAT = 'G\u003f\u00f0\0\0\0\0\0\u0001'

const FILES: Readonly<Record<string, () => Uint8Array>> = {
  'empty lists': () => filled(`${P}(`, ']', 't.'),
  'lists in each other': () => pickled(P, ']'.repeat(SIZE / 2), 'a'.repeat(SIZE / 2 - 1), '.'),
  'lists of one': () => filled(`${P}(`, ']Na', 't.'),
  dictionaries: () => filled(`${P}(`, '}', 't.'),
  'entries of a dictionary': () => numbered(`${P}}(`, (i) => `J${binary(i)}N`, 'u.'),
  sets: () => filled('\u0080\u0004(', '\u008f', 't.'),
  'empty tuples': () => filled(`${P}(`, ')', 't.'),
  'tuples of one': () => filled(`${P}(`, 'N\u0085', 't.'),
  marks: () => filled(P, '(', '.'),
  values: () => filled(`${P}(`, 'N', 't.'),
  copies: () => filled(`${P}(N`, '2', 't.'),
  memories: () => numbered(`${P}N`, (i) => `r${binary(i)}`, '.'),
  numbers: () => filled(`${P}(`, FLOAT, 't.'),
  'numbers among others': () => filled(`${P}](N`, FLOAT, 'e.'),
  'large integers': () => filled(`${P}(`, 'J\u00ff\u00ff\u00ff\u007f', 't.'),
  'integers beyond 2^53': () => filled(`${P}(`, `\u008a\u0009${'\u00ff'.repeat(8)}\u007f`, 't.'),
  'short texts': () => filled(`${P}(`, 'X\u0001\0\0\0a', 't.'),
  'one long text': () => pickled(`${P}X\0\0\0\u0002`, 'a'.repeat(32 * MIB - 3), '\u00e2\u0082\u00ac', '.'),
  bytes: () => filled('\u0080\u0003(', 'C\0', 't.'),
  calls: () => filled(`${P}ccollections\nOrderedDict\nq\0(`, 'h\0)R', 't.'),
  'a zip that inflates to lists': () => zipSync({ 'm/data.pkl': pickled(P, '(', ']'.repeat(15 * MIB), 't.') }),
  'a zip of many entries': () =>
    zipSync(
      {
        'm/data.pkl': pickled('}.'),
        ...Object.fromEntries(Array.from({ length: 32_000 }, (_, i) => [`m/data/${i}`, new Uint8Array(0)])),
      },
      { level: 0 },
    ),
  'a safetensors header of many tensors': () => {
    const names = Array.from({ length: 65_000 }, (_, i) => `"t${i}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`)
    const header = `{${names.join(',')}}`
    return pickled(binary(new Uint8Array(BigUint64Array.of(BigInt(header.length)).buffer)), header)
  },
}

describe('reading a file takes at most twice its size and 64 MiB of memory', () => {
  const script = fileURLToPath(new URL('read-measured.ts', import.meta.url))

  it.each(Object.keys(FILES))(
    '%s',
    (name) => {
      const folder = newFolder()
      const [warmUp, path] = [join(folder, 'small'), join(folder, 'large')]
      writeFileSync(warmUp, pickled(`${P}](K\u0001e.`))
      writeFileSync(path, FILES[name]())
      const printed = execFileSync(process.execPath, ['--import', 'tsx', script, warmUp, path], { encoding: 'utf8' })
      expect(JSON.parse(printed).grown / MIB).toBeLessThan((2 * statSync(path).size) / MIB + 64)
    },
    60_000,
  )
})
