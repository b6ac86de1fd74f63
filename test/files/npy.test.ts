import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readNpy } from '../../src/files/npy.ts'
import { fixtureBytes } from '../data/readers/recorded-files.ts'

const read = (name: string) => readNpy(fixtureBytes(`npy/${name}.npy`), name)
const eighths = [0, 0.125, 0.25, 0.375, 0.5, 0.625]

/** An array of version 1 with this header. */
function npy(header: string, data = new Uint8Array(24)): Uint8Array {
  return new Uint8Array([0x93, ...strToU8('NUMPY'), 1, 0, header.length, 0, ...strToU8(header), ...data])
}

describe('.npy', () => {
  it.each(['f2', 'f8_big', 'fortran'])('reads what NumPy wrote: %s', (name) => {
    const array = read(name)
    expect(array.shape).toEqual([2, 3])
    expect([...(array.data() as Float32Array)]).toEqual(eighths)
    expect([...(array.range(2, 5) as Float32Array)]).toEqual(eighths.slice(2, 5))
  })

  it('reads integers, booleans, a single number and none', () => {
    expect([...(read('i8').data() as BigInt64Array)]).toEqual([0n, 1n, 2n, 3n, 4n, 5n])
    expect([...(read('b1').data() as Uint8Array)]).toEqual([1, 0])
    expect([read('scalar').shape, ...(read('scalar').data() as Float64Array)]).toEqual([[], 2.5])
    expect([read('empty').shape, read('empty').data().length]).toEqual([[0, 3], 0])
  })

  it.each(['text', 'bytes'])('knows the shape of an array of %s, and refuses its elements', (name) => {
    expect(read(name).shape).toEqual([2])
    expect(() => read(name).data()).toThrow(/elements of another kind\n.*numbers/)
  })

  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n"
  it('takes the keys of the header in any order', () => {
    expect(readNpy(npy("{'shape': (6,), 'fortran_order': True, 'descr': '<f4'}"), 'x').shape).toEqual([6])
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['Python objects', fixtureBytes('npy/objects.npy'), /this type are not read\n.*\n.*\|O|programs in disguise/],
    ['another kind of file', strToU8('PK..............'), /no array of NumPy/],
    ['an empty file', new Uint8Array(0), /no array of NumPy/],
    ['a header that is longer than the file', npy(header).slice(0, 40), /header of the array is damaged/],
    [
      'a header that is an expression',
      npy("{'shape': f(), 'fortran_order': False, 'descr': '<f4'}"),
      /header.*damaged/,
    ],
    ['a key twice', npy("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (6,)}"), /header.*damaged/],
    ['a missing key', npy("{'descr': '<f4', 'shape': (6,)}"), /header.*damaged/],
    [
      'fewer bytes than the shape needs',
      npy(header).slice(0, -4),
      /as many bytes as its shape needs\n.*24 bytes for \(2, 3\) of <f4\n.*20/,
    ],
    ['more bytes than the shape needs', npy(header, new Uint8Array(28)), /as its shape needs/],
    ['a shape beyond all memory', npy(header.replace('2, 3', '999999999999, 999999999999')), /header.*damaged/],
    ['complex numbers', npy(header.replace('<f4', '<c8')), /this type are not read/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNpy(bytes, 'file.npy')).toThrow(message)
  })
})
