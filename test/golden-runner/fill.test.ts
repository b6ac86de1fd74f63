import { describe, expect, test } from 'vitest'
import type { GoldenTest } from '../../golden/adapter.ts'
import { fillTemplate, hashedInteger, nameHash, parameterValues, uniformValues } from '../../golden/fill.ts'
import { fillByName } from '../../golden/run-network.ts'
import { Buffer, Module, Parameter } from '../../src/nn/index.ts'

describe('values from names', () => {
  test('the check values of the fixtures for the name "example"', () => {
    const hash = nameHash('example')
    expect(hash).toBe(0x8bf23ea1)
    expect([0, 1, 2].map((i) => hashedInteger(hash, i))).toEqual([4926676, 2390258031, 1042812925])
    expect([...uniformValues('example', 3)]).toEqual([0.0011470811441540718, 0.5565253158565611, 0.24279880453832448])
  })

  test('the published FNV-1a hashes of the empty text, of "a" and of "foobar"', () => {
    expect(nameHash('')).toBe(0x811c9dc5)
    expect(nameHash('a')).toBe(0xe40c292c)
    expect(nameHash('foobar')).toBe(0xbf9cf968)
  })
})

describe('parameters from names', () => {
  test('the check values of the fixtures', () => {
    expect(parameterValues('fc.weight', [2, 3]).slice(0, 2)).toEqual(
      Float32Array.of(-0.6265562772750854, 0.19329378008842468),
    )
    expect(parameterValues('fc.bias', [2])[0]).toBe(0.011622931808233261)
    expect(parameterValues('bn.weight', [4])[0]).toBe(1.1727688312530518)
  })

  test('the first rule that fits decides', () => {
    const u = uniformValues('bn.running_var', 1)[0]
    expect(parameterValues('bn.running_var', [1])[0]).toBe(Math.fround(0.5 + u))
    expect(parameterValues('bn.running_var', [1, 3])[0]).toBe(Math.fround(2 * u - 1))
    const mean = uniformValues('bn.running_mean', 1)[0]
    expect(parameterValues('bn.running_mean', [1])[0]).toBe(Math.fround((2 * mean - 1) * 0.1))
    const scalar = uniformValues('scale.weight', 1)[0]
    expect(parameterValues('scale.weight', [])[0]).toBe(Math.fround((2 * scalar - 1) * 0.1))
  })

  test('a template takes numbers and names', () => {
    expect(fillTemplate('main/head{i}/{name}', { i: 3, name: 'fc.weight' })).toBe('main/head3/fc.weight')
    expect(fillTemplate('noise/{k}', { i: 3 })).toBe('noise/{k}')
  })
})

describe('a model filled by name', () => {
  class Graph extends Module {
    readonly A: Parameter | Buffer

    constructor(A: Parameter | Buffer) {
      super()
      this.A = A
    }
  }

  class Network extends Module {
    readonly fixed = new Graph(new Buffer(Float32Array.of(7, 8), [2]))
    readonly learned = new Graph(new Parameter([2], () => {}))
  }

  const filled = (keep: string[]) => {
    const network = new Network()
    fillByName(network, { parameter: parameterValues, config: { keep } } as unknown as GoldenTest)
    return [network.fixed, network.learned].map(({ A }) => Array.from(A.values))
  }
  const [fixed, learned] = ['fixed.A', 'learned.A'].map((name) => Array.from(parameterValues(name, [2])))

  test.each(['A', 'fixed.A'])('keeps the buffers that %s names, and fills every parameter', (kept) => {
    expect(filled([kept])).toEqual([[7, 8], learned])
  })

  test('fills all where none is named', () => {
    expect(filled([])).toEqual([fixed, learned])
  })
})
