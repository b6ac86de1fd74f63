import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { add, exportOnnx, f32, multiply, readOnnx, trace } from '../../../src/tensor/index.ts'
import { mutationsOf } from '../../files/mutations.ts'

/** Written by a script of the folder `reference` with the onnx package. */
const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/onnx/${name}.onnx`, import.meta.url)))
const manyKinds = fixture('many-kinds')

/** Field of a protobuf message with bytes in it. */
function field(number: number, content: readonly number[]): number[] {
  return [...varint(number * 8 + 2), ...varint(content.length), ...content]
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80)
  return [...bytes, rest]
}

const number = (field: number, value: number) => [...varint(field * 8), ...varint(value)]
const text = (value: string) => [...new TextEncoder().encode(value)]

/** A model with these fields in its graph. */
const modelWith = (...graph: number[][]) =>
  Uint8Array.from([...number(1, 9), ...field(8, number(2, 17)), ...field(7, graph.flat())])

const initializer = (...fields: number[][]) => field(5, [...field(8, text('w')), ...fields.flat()])

describe('an ONNX file says', () => {
  const model = readOnnx(manyKinds)

  it('who wrote it for which operator sets', () => {
    expect(model.irVersion).toBe(9)
    expect(model.producer).toBe('a script 1.2')
    expect(model.opsets).toEqual([{ domain: '', version: 17 }])
    expect(model.functions).toBe(0)
  })

  it('its metadata, whatever their names', () => {
    expect([...model.metadata]).toEqual([
      ['author', 'nobody'],
      ['__proto__', 'a name like others'],
    ])
  })

  it('what it takes and gives', () => {
    expect(model.inputs).toEqual([{ name: 'x', type: 'float', shape: ['batch', 4] }])
    expect(model.outputs).toEqual([
      { name: 'y', type: 'float', shape: ['rows', 2] },
      { name: 'list', type: 'sequence' },
    ])
  })

  it('its nodes with their attributes', () => {
    expect(model.nodes.map(({ operator }) => operator)).toEqual([
      ...['Reshape', 'Mul', 'Add', 'If', 'Constant', 'Constant', 'Constant', 'Constant', 'Constant'],
      'SequenceConstruct',
    ])
    const [first] = model.nodes
    expect(first).toMatchObject({ name: 'to rows', domain: '', inputs: ['x', 'shape'], outputs: ['rows'] })
    expect(first.attributes.get('allowzero')).toBe(0)
    const attributes = new Map(model.nodes.flatMap(({ attributes }) => [...attributes]))
    expect(attributes.get('then_branch')).toEqual({ kind: 'graph', count: 1 })
    expect(attributes.get('value_floats')).toEqual([1.5, -2.5])
    expect(attributes.get('value_ints')).toEqual([1, -(2n ** 62n)])
    expect(attributes.get('value_string')).toBe('aé')
    expect(attributes.get('value_strings')).toEqual(['a', ''])
    expect(attributes.get('value_float')).toBe(0.25)
  })

  it('its initializers, however their values are stored', () => {
    expect(model.initializers).toEqual([
      { name: 'scale', type: 'float', shape: [2] },
      { name: 'shift', type: 'float', shape: [1, 2] },
      { name: 'flag', type: 'bool', shape: [] },
      { name: 'shape', type: 'int64', shape: [2] },
      { name: 'half', type: 'float16', shape: [3] },
    ])
  })
})

it('a length of -1 counts as unknown', () => {
  const minusOne = [8, ...Array(9).fill(0xff), 1]
  const shape = [...field(1, minusOne), ...field(1, number(1, 4))]
  const value = [...field(1, text('x')), ...field(2, field(1, [...number(1, 1), ...field(2, shape)]))]
  expect(readOnnx(modelWith(field(11, value))).inputs).toEqual([{ name: 'x', type: 'float', shape: [undefined, 4] }])
})

it('a file of our own is read, metadata included', () => {
  const graph = trace({ x: f32(2, 3) }, ({ x }) => ({ y: add(multiply(x, x), 1) }))
  const model = readOnnx(exportOnnx(graph, { note: 'ä', empty: '' }))
  expect(model).toMatchObject({ producer: 'ossature', inputs: [{ name: 'x', type: 'float', shape: [2, 3] }] })
  expect(Object.fromEntries(model.metadata)).toEqual({ note: 'ä', empty: '' })
})

describe('a file is refused', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['that is empty', new Uint8Array(), /a model with a graph/],
    ['that is text', Uint8Array.from(text('{"nodes": []}')), /not an ONNX model/],
    ['that is cut off', manyKinds.subarray(0, manyKinds.length - 100), /bytes/],
    ['without operator sets', Uint8Array.from(field(7, [])), /operator sets/],
    ['with two graphs', Uint8Array.from([...field(7, []), ...field(7, [])]), /one graph/],
    ['with a node without operator', modelWith(field(1, field(2, text('y')))), /operator/],
    [
      'with an attribute of unknown type',
      modelWith(field(1, [...field(4, text('Add')), ...field(5, number(20, 99))])),
      /99/,
    ],
    ['with an input of unknown type', modelWith(field(11, field(2, field(1, number(1, 77))))), /77/],
    ['with a value of unknown type', modelWith(initializer(number(2, 55), field(9, []))), /55/],
    [
      'with more values than the shape has',
      modelWith(initializer(number(1, 2), number(2, 1), field(9, [0, 0]))),
      /8|2/,
    ],
    [
      'with a huge shape and no values',
      modelWith(initializer(number(1, 2 ** 40), number(1, 2 ** 40), number(2, 1))),
      /shape/,
    ],
    ['with values in another file', modelWith(initializer(number(2, 1), number(14, 1))), /another file/],
    ['with a number without an end', Uint8Array.from(Array(20).fill(0xff)), /without an end/],
  ])('%s', (_, bytes, message) => {
    const read = () => readOnnx(bytes)
    expect(read).toThrow(OssatureError)
    expect(read).toThrow(message)
  })

  it('whose parts would take far more memory than the file', () => {
    const nodes = new Uint8Array(2 ** 20 * 2)
    for (let i = 0; i < nodes.length; i += 2) nodes.set([14 * 8 + 2, 0], i)
    expect(() => readOnnx(nodes)).toThrow(/too much memory/)
  })
})

it('a damaged file is read or refused, and nothing else', () => {
  fc.assert(
    fc.property(mutationsOf(manyKinds), (bytes) => {
      try {
        readOnnx(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(OssatureError)
      }
    }),
    { numRuns: 300 },
  )
})
