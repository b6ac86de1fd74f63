import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { crc32 } from '../../../src/files/checksum.ts'
import { DEFAULT_ZIP_LIMITS, isZip, readZip } from '../../../src/files/zip/zip.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Position of a record by its signature, from the end. */
function recordAt(zip: Uint8Array, type: 'local' | 'central' | 'end'): number {
  const [third, fourth] = { local: [3, 4], central: [1, 2], end: [5, 6] }[type]
  for (let at = zip.length - 4; at >= 0; at--) {
    if (zip[at] === 0x50 && zip[at + 1] === 0x4b && zip[at + 2] === third && zip[at + 3] === fourth) return at
  }
  throw new Error('no such record')
}

function changed(zip: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = zip.slice()
  change(new DataView(copy.buffer))
  return copy
}

function readAll(zip: Uint8Array): void {
  for (const file of readZip(zip, 'some.zip')) file.bytes()
}

describe('readZip', () => {
  const zip = zipSync({
    'clips/': new Uint8Array(0),
    'clips/a.txt': strToU8('walk '.repeat(100)),
    'b.txt': strToU8('sit'),
  })
  const single = zipSync({ 'a.txt': strToU8('walk '.repeat(100)) })

  it('gives the files, deflated or stored, with name and size; folders are left out', () => {
    const files = readZip(
      zipSync({ 'f/': new Uint8Array(0), 'f/a': strToU8('walk'), b: [strToU8('sit'), { level: 0 }] }),
      'some.zip',
    )
    expect(files.map(({ name, size, bytes }) => [name, size, text(bytes())])).toEqual([
      ['f/a', 4, 'walk'],
      ['b', 3, 'sit'],
    ])
    expect(files[0].where).toBe('some.zip, f/a')
  })

  it('knows a zip file by its first bytes', () => {
    expect(isZip(zip)).toBe(true)
    expect(isZip(zipSync({}))).toBe(true)
    expect(isZip(strToU8('{"not": "a zip"}'))).toBe(false)
    expect(readZip(zipSync({}))).toEqual([])
  })

  it('refuses every truncation', () => {
    for (let length = 0; length < zip.length; length++) {
      expect(() => readAll(zip.slice(0, length))).toThrow(OssatureError)
    }
  })

  it('refuses bytes before or behind the archive', () => {
    expect(() => readAll(Uint8Array.of(0, ...zip))).toThrow(/starts with 'PK'/)
    expect(() => readAll(Uint8Array.of(...zip, 0))).toThrow(/end record/)
  })

  it.each(['../out.json', 'a/../../out.json', '/etc/passwd', 'C:/out', 'a\\b', './a', 'a//b'])(
    'refuses the name %s',
    (name) => {
      expect(() => readAll(zipSync({ [name]: strToU8('x') }))).toThrow(/unsafe name/)
    },
  )

  it('refuses contents that changed', () => {
    const stored = zipSync({ a: [strToU8('walk'), { level: 0 }] })
    const bad = changed(stored, (view) => view.setUint8(31, 0x57))
    expect(() => readAll(bad)).toThrow(/^some.zip, a: .*\n.*CRC-32/)
  })

  it('refuses an entry that inflates to more or to less than declared', () => {
    const size = recordAt(single, 'central') + 24
    expect(() => readAll(changed(single, (view) => view.setUint32(size, 499, true)))).toThrow(/499 bytes\n.*more/)
    expect(() => readAll(changed(single, (view) => view.setUint32(size, 501, true)))).toThrow(/found: {4}500 bytes/)
  })

  it('refuses a size that deflate cannot reach, before memory is taken for it', () => {
    const size = recordAt(single, 'central') + 24
    expect(() => readZip(changed(single, (view) => view.setUint32(size, 0xfffffff0, true)))).toThrow(
      /at most \d+ bytes/,
    )
  })

  it('refuses another name before the data than in the directory', () => {
    expect(() => readZip(changed(single, (view) => view.setUint8(30, 0x62)))).toThrow(/the same name/)
  })

  it('refuses encryption and other compressions', () => {
    const central = recordAt(single, 'central')
    expect(() => readZip(changed(single, (view) => view.setUint16(central + 8, 1, true)))).toThrow(/encrypted/)
    expect(() => readZip(changed(single, (view) => view.setUint16(central + 10, 12, true)))).toThrow(/method 12/)
  })

  it('refuses a name twice and entries over the same bytes', () => {
    const two = zipSync({ a: strToU8('one'), b: strToU8('one') })
    const second = recordAt(two, 'central')
    const local = recordAt(two, 'local')
    const twice = changed(two, (view) => {
      view.setUint8(second + 46, 0x61)
      view.setUint8(local + 30, 0x61)
    })
    expect(() => readZip(twice)).toThrow(/the name twice/)
    const nested = zipSync({ outer: [single, { level: 0 }], 'a.txt': strToU8('walk '.repeat(100)) })
    const shared = changed(nested, (view) => view.setUint32(recordAt(nested, 'central') + 42, 35, true))
    expect(() => readZip(shared)).toThrow(/overlap/)
  })

  it('has limits for entries, total size and ratio', () => {
    expect(() => readZip(zip, 'z', { ...DEFAULT_ZIP_LIMITS, entries: 1 })).toThrow(/too many entries/)
    expect(() => readZip(zip, 'z', { ...DEFAULT_ZIP_LIMITS, inflatedBytes: 400 })).toThrow(/at most 400 bytes/)
    const bomb = changed(zipSync({ zeros: [new Uint8Array(70_000), { level: 0 }] }), (view) => {
      const central = recordAt(new Uint8Array(view.buffer), 'central')
      view.setUint16(central + 10, 8, true)
      view.setUint32(central + 24, 68 * 2 ** 20, true)
    })
    expect(() => readZip(bomb)).toThrow(/would inflate to too much/)
  })

  it('reads sizes from a zip64 field', () => {
    const narrow = zipSync({ a: [strToU8('walk'), { level: 0, extra: { 1: new Uint8Array(16) } }] })
    const central = recordAt(narrow, 'central')
    const wide = changed(narrow, (view) => {
      view.setUint32(central + 20, 0xffffffff, true)
      view.setUint32(central + 24, 0xffffffff, true)
      view.setBigUint64(central + 51, 4n, true)
      view.setBigUint64(central + 59, 4n, true)
    })
    expect(readZip(wide).map(({ bytes }) => text(bytes()))).toEqual(['walk'])
    expect(() => readZip(changed(wide, (view) => view.setUint8(central + 47, 2)))).toThrow(/zip64/)
  })
})

describe('crc32', () => {
  it('has the check value of the standard', () => {
    expect(crc32(strToU8('123456789'))).toBe(0xcbf43926)
  })
})
