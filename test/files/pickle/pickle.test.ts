import { describe, expect, it } from 'vitest'
import { BUILTIN_GLOBALS, PickleComplex } from '../../../src/files/pickle/builtins.ts'
import { NUMPY_GLOBALS, NumpyArray } from '../../../src/files/pickle/numpy.ts'
import { readPickle, readPickleAt } from '../../../src/files/pickle/pickle.ts'
import { PickleTuple, type PickleValue } from '../../../src/files/pickle/values.ts'
import { described, expectedTensors, fixture } from '../fixtures.ts'
import { ascii, pickled } from '../pickled.ts'

const globals = new Map([...BUILTIN_GLOBALS, ...NUMPY_GLOBALS])

function dictionary(value: PickleValue | undefined): Map<PickleValue, PickleValue> {
  expect(value).toBeInstanceOf(Map)
  return value as Map<PickleValue, PickleValue>
}

const tuple = (...values: PickleValue[]) => PickleTuple.from(values)

describe.each([0, 1, 2, 3, 4, 5])('protocol %i', (protocol) => {
  const root = dictionary(readPickle(fixture(`protocol-${protocol}.pkl`), { globals }))
  const plain = dictionary(root.get('plain'))
  const arrays = dictionary(root.get('arrays'))

  it('gives numbers, exact ones beyond 2^53 as bigint', () => {
    const expected: [string, number | bigint][] = [
      ['small', 7],
      ['byte', 200],
      ['two bytes', 60000],
      ['negative', -3],
      ['four bytes', 2 ** 31 - 1],
      ['five bytes', 2 ** 40],
      ['exact', -(2 ** 53) + 1],
      ['huge', 2n ** 70n + 1n],
      ['very negative', -(2n ** 64n)],
      ['float', -0.1],
      ['infinite', Number.NEGATIVE_INFINITY],
    ]
    for (const [name, value] of expected) expect(plain.get(name), name).toBe(value)
  })

  it('gives None, truth values, text and bytes', () => {
    expect(['none', 'true', 'false'].map((name) => plain.get(name))).toEqual([null, true, false])
    expect(plain.get('text')).toBe("walk, ä€😀 'quoted' \\ back\nline")
    expect(plain.get('long text')).toBe('äbc'.repeat(1000))
    expect(plain.get('bytes')).toEqual(Uint8Array.from({ length: 256 }, (_, byte) => byte))
    expect(plain.get('bytearray')).toEqual(Uint8Array.of(0, 255))
  })

  it('gives containers', () => {
    expect(plain.get('list')).toEqual([1, [2.5, 'three'], []])
    expect(plain.get('list')).not.toBeInstanceOf(PickleTuple)
    expect(plain.get('tuples')).toStrictEqual(tuple(tuple(), tuple(1), tuple(1, 2), tuple(1, 2, 3), tuple(1, 2, 3, 4)))
    expect(plain.get('many')).toEqual(Array.from({ length: 2000 }, (_, i) => i))
    expect(plain.get('set')).toEqual(new Set([1, 2]))
    expect(plain.get('frozen')).toEqual(new Set(['a']))
    expect(plain.get('numbers')).toEqual(
      new Map([
        [1, 'one'],
        [2, 'two'],
      ]),
    )
    expect([...dictionary(plain.get('ordered'))]).toEqual([
      ['b', 1],
      ['a', 2],
    ])
    expect(plain.get('default')).toEqual(new Map([['x', [1]]]))
    expect(plain.get('counter')).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    )
  })

  it('gives the same object where Python had the same object', () => {
    const [first, second] = plain.get('shared') as PickleValue[]
    expect(first).toEqual(['shared'])
    expect(second).toBe(first)
  })

  it('takes the name of a prototype for any other key', () => {
    expect(plain.get('__proto__')).toEqual(new Map([['polluted', 1]]))
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('gives complex numbers and the numbers of NumPy', () => {
    expect(plain.get('complex')).toEqual(new PickleComplex(1.5, -2))
    expect(['numpy float', 'numpy integer', 'numpy bool'].map((name) => plain.get(name))).toEqual([0.25, -5, true])
  })

  it.each(expectedTensors('array'))('gives the array $name', ({ name, dtype, shape, data }) => {
    const array = arrays.get(name) as NumpyArray
    expect(array).toBeInstanceOf(NumpyArray)
    expect(described(array)).toEqual({ dtype, shape, data: data.map(Number) })
  })
})

describe('strings of Python 2', () => {
  it('are text when they are ASCII, else bytes', () => {
    const read = (...pieces: (string | number)[]) => readPickle(pickled(...pieces))
    expect(read("S'it\\'s\\n\\x41'\n.")).toBe("it's\nA")
    expect(read('U', 3, 'abc', '.')).toBe('abc')
    expect(read('T', 3, 0, 0, 0, 'abc', '.')).toBe('abc')
    expect(read('U', 2, 0xff, 0x41, '.')).toEqual(Uint8Array.of(0xff, 0x41))
    expect(read("S'\\xff'\n.")).toEqual(Uint8Array.of(0xff))
  })

  it.each(['abcd', '\u00ff\u0000\u0001\u0002'])('are the bytes of an array: %j', (text) => {
    const bytes = ascii(text)
    // biome-ignore format: as the opcodes follow each other
    const file = pickled(
      'cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntU', 1, 'btR(I1\n(I4\ntcnumpy\ndtype\n(U', 2,
      'u1I0\nI1\ntR(I3\nU', 1, '|NNNI-1\nI-1\nI0\ntbI00\nU', 4, ...bytes, 'tb.',
    )
    expect([...((readPickle(file, { globals }) as NumpyArray).data as Uint8Array)]).toEqual([...bytes])
  })
})

describe('readPickleAt', () => {
  it('reads pickles that follow each other', () => {
    const file = pickled('I1\n.', 'I2\n.')
    const first = readPickleAt(file, 0)
    expect(first).toEqual({ value: 1, end: 4 })
    expect(readPickleAt(file, first.end)).toEqual({ value: 2, end: 8 })
  })
})

describe('a Buffer of Node.js', () => {
  it('is read as any other bytes, wherever it lies in memory', () => {
    const file = fixture('protocol-4.pkl')
    const pool = Buffer.alloc(file.length + 1)
    pool.set(file, 1)
    const root = dictionary(readPickle(pool.subarray(1), { globals }))
    for (const { name, data } of expectedTensors('array')) {
      expect(described(dictionary(root.get('arrays')).get(name) as NumpyArray).data).toEqual(data.map(Number))
    }
  })
})
