import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { readSafetensors } from '../../src/files/safetensors/safetensors.ts'
import { BatchNorm, Linear, Module, nameParts, Parameter, Sgd } from '../../src/nn/index.ts'
import { prefixChange, withPrefixChanged } from '../../src/nn/name-prefixes.ts'
import { encodeStateDict, loadStateDict, type StateEntry } from '../../src/nn/state-dict.ts'

class Net extends Module {
  readonly fc = new Linear(2, 3)
  readonly bn = new BatchNorm(2)
  readonly scale = new Parameter([], () => {})
}

const NAMES = ['scale', 'fc.weight', 'fc.bias', 'bn.weight', 'bn.bias', 'bn.running_mean', 'bn.running_var']

/** Values for every name: the n-th name has n, n + 0.1, n + 0.2 ... */
function entries(): Map<string, StateEntry> {
  const shapes = new Map([...nameParts(new Net()).variables()].map(([name, { shape }]) => [name, shape]))
  return new Map(
    NAMES.map((name, n) => {
      const shape = shapes.get(name)!
      const size = shape.reduce((product, length) => product * length, 1)
      return [name, { shape, data: Float32Array.from({ length: size }, (_, i) => n + i / 10) }]
    }),
  )
}

const valuesOf = (net: Net) => Object.fromEntries([...net.variables()].map(([name, { values }]) => [name, [...values]]))

describe('loadStateDict', () => {
  it('takes the values over by name', () => {
    const net = nameParts(new Net())
    const report = loadStateDict(net, entries())
    expect(report).toEqual({ loaded: NAMES, missing: [], unexpected: [], misshaped: [] })
    expect([...net.fc.weight.values]).toEqual(Array.from(entries().get('fc.weight')!.data))
    expect([...net.bn.running_var!.values]).toEqual(Array.from(entries().get('bn.running_var')!.data))
  })

  it('takes integers and wide numbers as well', () => {
    const net = nameParts(new Net())
    const all = entries()
    all.set('fc.bias', { shape: [3], data: BigInt64Array.of(1n, -2n, 3n) })
    all.set('scale', { shape: [], data: Float64Array.of(0.5) })
    loadStateDict(net, all)
    expect([...net.fc.bias!.values, ...net.scale.values]).toEqual([1, -2, 3, 0.5])
  })

  it.each([
    ['a name is missing', (all: Map<string, StateEntry>) => all.delete('bn.bias'), /no bn\.bias/],
    ['there is one more', (all: Map<string, StateEntry>) => all.set('more', { shape: [], data: [1] }), /besides more/],
    [
      'a shape is another one',
      (all: Map<string, StateEntry>) => all.set('fc.weight', { shape: [2, 3], data: new Float32Array(6) }),
      /fc\.weight \[2, 3\], not \[3, 2\]/,
    ],
    [
      'the data of one are too short',
      (all: Map<string, StateEntry>) => all.set('bn.running_var', { shape: [2], data: [1] }),
      /bn\.running_var': .*shape/,
    ],
  ])('changes nothing when %s', (_, change, message) => {
    const net = nameParts(new Net())
    const before = valuesOf(net)
    const all = entries()
    change(all)
    expect(() => loadStateDict(net, all)).toThrow(message)
    expect(() => loadStateDict(net, all)).toThrow(OssatureError)
    expect(valuesOf(net)).toEqual(before)
  })

  it('loads what fits without `strict`, and says what did not', () => {
    const net = nameParts(new Net())
    net.fc.weight.values.fill(7)
    const all = entries()
    all.set('fc.weight', { shape: [5, 2], data: new Float32Array(10) })
    all.set('head.weight', { shape: [1], data: [1] })
    all.delete('scale')
    const report = loadStateDict(net, all, { strict: false })
    expect(report).toEqual({
      loaded: NAMES.filter((name) => name !== 'scale' && name !== 'fc.weight'),
      missing: ['scale'],
      unexpected: ['head.weight'],
      misshaped: [{ name: 'fc.weight', expected: [3, 2], found: [5, 2] }],
    })
    expect([...net.fc.weight.values]).toEqual(new Array(6).fill(7))
    expect(net.fc.bias!.values[0]).toBe(2)
  })

  it('passes over what PyTorch counts and what belongs to an optimiser', () => {
    const net = nameParts(new Net())
    const all = entries().set('bn.num_batches_tracked', { shape: [], data: BigInt64Array.of(5n) })
    const slots = new Sgd(net.parameters(), { momentum: 0.9 }).slots()
    const holder = [...net.variables(), ...slots.map((slot) => [slot.name, slot] as const)]
    expect(loadStateDict(holder, all)).toMatchObject({ loaded: NAMES, unexpected: [] })
  })

  it('renames and leaves out as asked, but gives no name twice', () => {
    const net = nameParts(new Net())
    const all = new Map([...entries()].map(([name, entry]) => [`model.${name}`, entry]))
    all.set('model.old', { shape: [], data: [1] })
    const rename = (name: string) => (name === 'model.old' ? undefined : name.slice('model.'.length))
    expect(loadStateDict(net, all, { rename }).loaded).toEqual(NAMES)
    expect(() => loadStateDict(net, all, { rename: () => 'scale' })).toThrow(/two tensors get the same name/)
  })
})

describe('encodeStateDict', () => {
  it('is a safetensors file that loads into the same network', () => {
    const net = nameParts(new Net())
    loadStateDict(net, entries())
    const { tensors, metadata } = readSafetensors(encodeStateDict(net, { epoch: '3' }))
    expect(metadata.get('epoch')).toBe('3')
    const other = nameParts(new Net())
    loadStateDict(other, tensors)
    expect(valuesOf(other)).toEqual(valuesOf(net))
  })
})

describe('prefixChange', () => {
  const wanted = new Set(['backbone.gcn.weight', 'backbone.gcn.bias', 'head.fc.weight'])
  it.each([
    ['the same names', ['backbone.gcn.weight', 'head.fc.weight'], { remove: '', add: '' }],
    ['data-parallel training', [...wanted].map((name) => `module.${name}`), { remove: 'module.', add: '' }],
    ['a backbone alone', ['gcn.weight', 'gcn.bias', 'fc.weight'], { remove: '', add: 'backbone.' }],
    ['another name of the backbone', ['net.gcn.weight', 'net.gcn.bias'], { remove: 'net.', add: 'backbone.' }],
    ['two of them', [...wanted].map((name) => `module.model.${name}`), { remove: 'module.model.', add: '' }],
    ['nothing in common', ['a.b', 'c'], { remove: '', add: '' }],
    ['no names', [], { remove: '', add: '' }],
  ])('finds it for %s', (_, names, expected) => {
    expect(prefixChange(names, wanted)).toEqual(expected)
  })

  it('changes names that begin so, and no others', () => {
    const change = { remove: 'module.', add: 'net.' }
    expect(['module.a', 'a', 'submodule.a'].map((name) => withPrefixChanged(name, change))).toEqual([
      ...['net.a', 'a', 'submodule.a'],
    ])
  })
})
