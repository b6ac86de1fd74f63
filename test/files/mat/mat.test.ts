import { describe, expect, it } from 'vitest'
import { type MatValue, readMat } from '../../../src/files/mat/mat.ts'
import { fixtureBytes } from '../../data/readers/recorded-files.ts'

const plain = fixtureBytes('mat/plain.mat')
const numbers = (value: MatValue | undefined) => (value?.kind === 'numbers' ? [...value.data] : value)

/** The file with one byte changed. */
const changed = (at: number, byte: number) => plain.with(at, byte)

describe('.mat of level 5', () => {
  it.each(['plain', 'packed', 'big-endian'])('reads numbers, text, cells and structs: %s', (name) => {
    const variables = readMat(fixtureBytes(`mat/${name}.mat`), name)
    expect([...variables.keys()]).toEqual(['points', 'text', 'small', 'cells', 'structs', 'sparse'])
    const points = variables.get('points')!
    expect(points).toMatchObject({ kind: 'numbers', shape: [2, 3, 4] })
    // The first axis runs fastest: element (1, 0, 0) of the row-major count is 12.
    expect((numbers(points) as number[]).slice(0, 3)).toEqual([0, 1.5, 0.5])
    expect(variables.get('text')).toEqual({ kind: 'text', shape: [1, 4], text: 'walk' })
    expect(numbers(variables.get('small'))).toEqual([1, 2, 250])
    const cells = variables.get('cells')!
    expect(cells.kind === 'cells' && cells.cells.map(({ kind }) => kind)).toEqual(['numbers', 'text'])
    const structs = variables.get('structs')!
    const [fields] = structs.kind === 'structs' ? structs.structs : []
    expect([...fields.keys()]).toEqual(['x', 'label'])
    expect(numbers(fields.get('x'))).toEqual([0, 0.125, 0.25])
    expect(variables.get('sparse')).toEqual({ kind: 'other', what: 'a sparse array' })
  })

  it('sends files of MATLAB 7.3 back with the way to save them', () => {
    const hdf5 = new Uint8Array(600)
    hdf5.set([0x89, 0x48, 0x44, 0x46], 512)
    const named = plain.slice()
    named.set(new TextEncoder().encode('MATLAB 7.3'))
    for (const bytes of [hdf5, named]) expect(() => readMat(bytes, 'x.mat')).toThrow(/x\.mat: .*7\.3[\s\S]*-v7/)
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['another kind of file', new Uint8Array(200), /no MATLAB file of level 5/],
    ['a file that is cut off', plain.slice(0, 150), /byte 136: .*damaged|byte \d+: the MATLAB file is damaged/],
    ['an element of another type', changed(128, 3), /expected: an array/],
    ['a length beyond the end', changed(134, 255), /byte 128.*\n.*\d+ bytes\n/],
    ['numbers that do not fill their shape', changed(160, 3), /damaged\n.*36 numbers/],
    ['a stream that is cut off', fixtureBytes('mat/packed.mat').slice(0, 300), /damaged/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readMat(bytes, 'x.mat')).toThrow(message)
  })

  it('counts cells before it makes room for them', () => {
    const view = new DataView(plain.slice().buffer)
    // Shape (1, 2) of the cells becomes (1, 2^30).
    const shape = findShape(view, [1, 2])
    view.setInt32(shape + 4, 2 ** 30, true)
    expect(() => readMat(new Uint8Array(view.buffer), 'x.mat')).toThrow(/1073741824 values/)
  })
})

/** Where two lengths stand behind the flags of an array of cells (class 1). */
function findShape(view: DataView, [rows, columns]: number[]): number {
  for (let at = 128; at < view.byteLength - 24; at += 8) {
    const isCells = view.getUint32(at, true) === 6 && view.getUint32(at + 8, true) === 1
    if (isCells && view.getInt32(at + 24, true) === rows && view.getInt32(at + 28, true) === columns) return at + 24
  }
  throw new Error('no array of cells')
}
