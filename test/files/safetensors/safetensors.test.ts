import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import {
  encodeHeader,
  readSafetensors,
  type TensorToWrite,
  writeSafetensors,
} from '../../../src/files/safetensors/safetensors.ts'

/** A file with this header text and so many zero bytes of data. */
function fileWith(header: string, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(header)
  const file = new Uint8Array(8 + text.length + dataBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true)
  file.set(text, 8)
  return file
}

function tensor(shape: string, offsets: string, dtype = 'F32'): string {
  return `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`
}

describe('readSafetensors', () => {
  it('reads the example of the format: length, header, little-endian numbers', () => {
    const file = fileWith(`{"__metadata__":{"made by":"hand"},"attn.0":${tensor('[1,2,3]', '[0,24]')}}  `, 24)
    const data = file.subarray(file.length - 24)
    data.set([0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64])
    const { tensors, metadata } = readSafetensors(file)
    expect(tensors.get('attn.0')).toEqual({
      dtype: 'F32',
      shape: [1, 2, 3],
      data: Float32Array.of(0, 1, 2, 3, 4, 5),
    })
    expect([...metadata]).toEqual([['made by', 'hand']])
  })

  it('widens half precision: one, the largest, the smallest, minus zero, infinity, NaN', () => {
    const file = fileWith(`{"h":${tensor('[6]', '[0,12]', 'F16')}}`, 12)
    const bits = [0x3c00, 0x7bff, 0x0001, 0x8000, 0xfc00, 0x7e00]
    for (const [i, half] of bits.entries()) new DataView(file.buffer).setUint16(file.length - 12 + 2 * i, half, true)
    const { data } = readSafetensors(file).tensors.get('h')!
    expect([...(data as Float32Array)]).toEqual([1, 65504, 2 ** -24, -0, Number.NEGATIVE_INFINITY, Number.NaN])
  })

  it('widens bfloat16, the upper half of a float32: 1, -2.5, the largest, the smallest, minus zero, infinity, NaN', () => {
    const file = fileWith(`{"b":${tensor('[7]', '[0,14]', 'BF16')}}`, 14)
    const bits = [0x3f80, 0xc020, 0x7f7f, 0x0001, 0x8000, 0xff80, 0x7fc0]
    for (const [i, half] of bits.entries()) new DataView(file.buffer).setUint16(file.length - 14 + 2 * i, half, true)
    const { data } = readSafetensors(file).tensors.get('b')!
    const values = [1, -2.5, (2 - 2 ** -7) * 2 ** 127, 2 ** -133, -0, Number.NEGATIVE_INFINITY, Number.NaN]
    expect(data).toEqual(Float32Array.from(values))
  })

  it.each([
    ['I8', Int8Array.of(1, -128, -1, 127, 0, 0, 0, -128)],
    ['U8', Uint8Array.of(1, 128, 255, 127, 0, 0, 0, 128)],
    ['I16', Int16Array.of(1 - 2 ** 15, 2 ** 15 - 1, 0, -(2 ** 15))],
    ['U16', Uint16Array.of(1 + 2 ** 15, 2 ** 15 - 1, 0, 2 ** 15)],
    ['I32', Int32Array.of(0x7fff_8001, -(2 ** 31))],
    ['U32', Uint32Array.of(0x7fff_8001, 2 ** 31)],
    ['I64', BigInt64Array.of(0x7fff_8001n - 2n ** 63n)],
    ['U64', BigUint64Array.of(0x7fff_8001n + 2n ** 63n)],
  ])('reads the same eight bytes as %s', (dtype, expected) => {
    const file = fileWith(`{"n":${tensor(`[${expected.length}]`, '[0,8]', dtype)}}`, 8)
    file.set([0x01, 0x80, 0xff, 0x7f, 0, 0, 0, 0x80], file.length - 8)
    expect(readSafetensors(file).tensors.get('n')).toEqual({ dtype, shape: [expected.length], data: expected })
  })

  it('accepts a scalar, a tensor without elements and a file without tensors', () => {
    expect(readSafetensors(fileWith('{}')).tensors.size).toBe(0)
    const file = fileWith(`{"empty":${tensor('[2,0]', '[0,0]', 'I32')},"scalar":${tensor('[]', '[0,4]')}}`, 4)
    expect(readSafetensors(file).tensors.get('empty')!.data).toEqual(new Int32Array(0))
    expect(readSafetensors(file).tensors.get('scalar')!.data).toEqual(Float32Array.of(0))
  })

  it('keeps names such as __proto__ as ordinary names', () => {
    const { tensors } = readSafetensors(fileWith(`{"__proto__":${tensor('[1]', '[0,4]')}}`, 4))
    expect([...tensors.keys()]).toEqual(['__proto__'])
  })

  const a = `"a":${tensor('[1]', '[0,4]')}`
  const refused: [reason: string, file: Uint8Array, message: RegExp][] = [
    ['an empty file', new Uint8Array(0), /at least 8 bytes/],
    ['a length beyond the file', Uint8Array.of(60, 0, 0, 0, 0, 0, 0, 0), /a file of 8 bytes/],
    ['a header above 100 MB', new Uint8Array(16).fill(60), /at most 100000000 bytes/],
    ['an empty header', fileWith(''), /starts with '{'/],
    ['a header that starts with a space', fileWith(' {}'), /starts with '{'/],
    ['a header that is not UTF-8', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff), /not UTF-8/],
    ['text behind the header', fileWith('{}x'), /expected: the end/],
    ['other JSON', fileWith('{"a":[1]}'), /expected: '{'/],
    ['an unfinished header', fileWith('{"a":'), /found: {4}the end/],
    ['an unfinished string', fileWith('{"a\\'), /a complete string/],
    ['a trailing comma', fileWith(`{${a},}`, 4), /expected: '"'/],
    ['a name twice', fileWith(`{${a},${a}}`, 4), /'a' twice/],
    ['a name twice, written differently', fileWith(`{${a},"\\u0061":${tensor('[1]', '[4,8]')}}`, 8), /'a' twice/],
    ['metadata twice', fileWith('{"__metadata__":{},"__metadata__":{}}'), /'__metadata__' twice/],
    ['a metadata key twice', fileWith('{"__metadata__":{"k":"1","k":"2"}}'), /'k' twice/],
    ['metadata that are not text', fileWith('{"__metadata__":{"k":1}}'), /expected: '"'/],
    ['a key of a tensor twice', fileWith('{"a":{"dtype":"F32","dtype":"F32"}}'), /key 'dtype'/],
    ['an unknown key of a tensor', fileWith('{"a":{"stride":[1]}}'), /key 'stride'/],
    ['a missing key of a tensor', fileWith('{"a":{"dtype":"F32","shape":[1]}}'), /one of them is missing/],
    ['one offset only', fileWith(`{"a":${tensor('[1]', '[0]')}}`, 4), /two data_offsets/],
    ['three offsets', fileWith(`{"a":${tensor('[1]', '[0,4,4]')}}`, 4), /at most 2 numbers/],
    ['bfloat16 of another length', fileWith(`{"a":${tensor('[2]', '[0,8]', 'BF16')}}`, 8), /4 bytes for tensor 'a'/],
    ['an unknown dtype', fileWith(`{"a":${tensor('[1]', '[0,4]', 'F8_E4M3')}}`, 4), /dtype that is not supported/],
    ['a dtype of the prototype', fileWith(`{"a":${tensor('[1]', '[0,4]', 'constructor')}}`, 4), /not supported/],
    ['a negative length', fileWith(`{"a":${tensor('[-1]', '[0,4]')}}`, 4), /an integer from 0/],
    ['a fraction', fileWith(`{"a":${tensor('[1.5]', '[0,4]')}}`, 4), /an integer from 0/],
    ['an exponent', fileWith(`{"a":${tensor('[1e0]', '[0,4]')}}`, 4), /an integer from 0/],
    ['a leading zero', fileWith(`{"a":${tensor('[01]', '[0,4]')}}`, 4), /an integer from 0/],
    ['a length above 2^53', fileWith(`{"a":${tensor('[9007199254740993]', '[0,4]')}}`, 4), /an integer from 0/],
    ['a product that overflows', fileWith(`{"a":${tensor('[4294967296,4294967296]', '[0,4]')}}`, 4), /Infinity bytes/],
    [
      'a range that does not fit the shape',
      fileWith(`{"a":${tensor('[2,2]', '[0,4]')}}`, 4),
      /16 bytes for tensor 'a'/,
    ],
    ['a range that runs backwards', fileWith(`{"a":${tensor('[1]', '[4,0]')}}`, 4), /data_offsets \[4, 0\]/],
    ['a range beyond the data', fileWith(`{${a}}`, 3), /4 bytes of data/],
    ['trailing bytes', fileWith(`{${a}}`, 5), /4 bytes of data/],
    ['data without tensors', fileWith('{}', 1), /0 bytes of data/],
    ['a gap', fileWith(`{${a},"b":${tensor('[1]', '[8,12]')}}`, 12), /'b' at byte 8 \(a gap\)/],
    ['an overlap', fileWith(`{${a},"b":${tensor('[1]', '[2,6]')}}`, 6), /'b' at byte 2 \(an overlap\)/],
    ['two tensors on the same bytes', fileWith(`{${a},"b":${tensor('[1]', '[0,4]')}}`, 4), /an overlap/],
    ['deep nesting', fileWith(`{"a":${'['.repeat(100_000)}`), /expected: '{'/],
  ]
  it.each(refused)('refuses %s', (_, file, message) => {
    expect(() => readSafetensors(file, 'some.safetensors')).toThrow(OssatureError)
    expect(() => readSafetensors(file, 'some.safetensors')).toThrow(message)
    expect(() => readSafetensors(file, 'some.safetensors')).toThrow(/^some\.safetensors/)
  })

  it('refuses a BOOL that is neither 0 nor 1', () => {
    const file = fileWith(`{"b":${tensor('[2]', '[0,2]', 'BOOL')}}`, 2)
    file[file.length - 1] = 7
    expect(() => readSafetensors(file)).toThrow(/7 at element 1/)
  })
})

describe('writeSafetensors', () => {
  it('writes what the reference implementation writes: header padded to eight bytes, then the data', () => {
    const header = '{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}'
    const file = writeSafetensors({ attn0: { shape: [1, 1, 2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) } })
    const padded = Math.ceil(header.length / 8) * 8
    expect(new DataView(file.buffer).getUint32(0, true)).toBe(padded)
    expect(new TextDecoder().decode(file.subarray(8, 8 + padded))).toBe(header.padEnd(padded))
    expect([...file.subarray(8 + padded, 16 + padded)]).toEqual([0, 0, 0, 0, 0, 0, 128, 63])
  })

  it('can leave room for a header that is written last', () => {
    expect(encodeHeader([{ name: 'a', dtype: 'U8', shape: [0] }], {}, 256)).toHaveLength(256)
    expect(readSafetensors(encodeHeader([], {}, 64)).tensors.size).toBe(0)
  })

  it.each<[string, string, TensorToWrite, RegExp]>([
    ['a shape that does not fit', 'a', { shape: [2], data: new Float32Array(3) }, /2 elements for shape \[2\]/],
    ['a length that is not an integer', 'a', { shape: [0.5], data: new Float32Array(0) }, /not a list of lengths/],
    ['the name of the metadata', '__metadata__', { shape: [0], data: new Uint8Array(0) }, /cannot be called/],
  ])('refuses %s', (_, name, value, message) => {
    expect(() => writeSafetensors({ [name]: value })).toThrow(OssatureError)
    expect(() => writeSafetensors({ [name]: value })).toThrow(message)
  })

  it('reads tensors that are not aligned, also from a Buffer of Node.js', () => {
    const file = writeSafetensors({ weight: { shape: [2], data: Float32Array.of(0.5, -2) } })
    const pool = Buffer.alloc(file.length + 1)
    pool.set(file, 1)
    for (const bytes of [pool.subarray(1), new Uint8Array(pool).subarray(1)]) {
      expect([...readSafetensors(bytes).tensors.get('weight')!.data]).toEqual([0.5, -2])
    }
  })

  it('writes what can be read back, aligned and the same each time', () => {
    const few = { maxLength: 6 }
    const data = fc.oneof(
      fc.float32Array(few),
      fc.float64Array(few),
      fc.int32Array(few),
      fc.bigInt64Array(few),
      fc.bigUint64Array(few),
      fc.uint32Array(few),
      fc.int16Array(few),
      fc.uint16Array(few),
      fc.int8Array(few),
      fc.uint8Array(few),
    )
    const value = data.map((data) => ({ shape: data.length % 2 ? [data.length] : [2, data.length / 2], data }))
    const name = fc
      .oneof(fc.string(), fc.constantFrom('', '\ud800', '手.weight', '\0"\\\n', '__proto__'))
      .filter((text) => text !== '__metadata__')
    const tensors = fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 4 })
    const metadata = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 })
    fc.assert(
      fc.property(tensors, metadata, (tensors, metadata) => {
        const file = writeSafetensors(new Map(tensors), metadata)
        const read = readSafetensors(file)
        expect(new Map([...read.tensors].map(([key, { shape, data }]) => [key, { shape, data }]))).toEqual(
          new Map(tensors),
        )
        expect(read.metadata).toEqual(new Map(Object.entries(metadata)))
        expect([...read.tensors.values()].every(({ data }) => data.buffer === file.buffer)).toBe(true)
        expect(writeSafetensors(new Map(tensors), metadata)).toEqual(file)
      }),
      { numRuns: 40 },
    )
  })
})
