import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import {
  add,
  assign,
  Bank,
  gradients,
  multiply,
  read,
  square,
  subtract,
  sum,
  trace,
  type Variable,
} from '../../src/tensor/index.ts'
import { runSteps, variableOf } from './run-state.ts'

describe('a bank', () => {
  const pieces = () => [
    variableOf('weight', [1, 2, 3, 4], [2, 2]),
    variableOf('bias', [5], []),
    variableOf('gain', [6, 7, 8]),
  ]

  it('keeps the values of its pieces, which become views of it', () => {
    const [weight, bias, gain] = pieces()
    const bank = new Bank('parameters', 'parameter', [weight, bias, gain])
    expect([...bank.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    gain.values[1] = 70
    expect(bank.values[6]).toBe(70)
  })

  it('gives the results of unpacked variables, gradients included', async () => {
    const graphOf = ([weight, bias, gain]: readonly Variable[]) =>
      trace({}, () => {
        const y = multiply(add(sum(multiply(read(weight), read(weight)), [0]), read(bias)), sum(read(gain), [0]))
        const [dWeight, dBias, dGain] = gradients(sum(square(y)), [weight, bias, gain].map(read))
        assign(gain, add(read(gain), dGain!))
        return { y, dWeight: dWeight!, dBias: dBias!, dGain: dGain! }
      })
    const unpacked = pieces()
    const packed = pieces()
    const bank = new Bank('parameters', 'parameter', packed)
    expect(await runSteps(graphOf(packed), packed)).toEqual(await runSteps(graphOf(unpacked), unpacked))
    packed.forEach((piece, i) => {
      expect([...piece.values]).toEqual([...unpacked[i].values])
    })
    expect([...bank.values.subarray(0, 5)]).toEqual([1, 2, 3, 4, 5])
  })

  it('keeps what a step does not assign', async () => {
    const [weight, bias, gain] = pieces()
    const bank = new Bank('parameters', 'parameter', [weight, bias, gain])
    const graph = trace({}, () => {
      assign(bias, multiply(read(bias), 2))
      return {}
    })
    await runSteps(graph, [weight, bias, gain], 2)
    expect([...bank.values]).toEqual([1, 2, 3, 4, 20, 6, 7, 8])
  })

  it('is one state entry, however many pieces are read', () => {
    const [weight, bias, gain] = pieces()
    const bank = new Bank('parameters', 'parameter', [weight, bias, gain])
    const graph = trace({}, () => ({ y: add(read(gain), add(read(bias), sum(read(weight)))) }))
    expect(graph.state.map(({ variable, next }) => [variable, next])).toEqual([[bank, undefined]])
  })

  it('may be assigned as a whole and by its pieces; each builds on what was assigned before', async () => {
    const both = async (wholeFirst: boolean) => {
      const [weight, bias, gain] = pieces()
      const bank = new Bank('parameters', 'parameter', [weight, bias, gain])
      const whole = () => assign(bank, subtract(1, read(bank)))
      const single = () => assign(gain, multiply(read(gain), 10))
      const graph = trace({}, () => {
        for (const make of wholeFirst ? [whole, single] : [single, whole]) make()
        return {}
      })
      await runSteps(graph, [bank])
      return [...bank.values]
    }
    expect(await both(true)).toEqual([0, -1, -2, -3, -4, -50, -60, -70])
    expect(await both(false)).toEqual([0, -1, -2, -3, -4, -59, -69, -79])
  })

  it('of a single piece works like the piece', async () => {
    const gain = variableOf('gain', [6, 7])
    new Bank('buffers', 'buffer', [gain])
    const graph = trace({}, () => {
      assign(gain, add(read(gain), 1))
      return { y: read(gain) }
    })
    expect(await runSteps(graph, [gain], 2)).toEqual({ y: [8, 9] })
    expect([...gain.values]).toEqual([8, 9])
  })
})

describe('variables that are packed anew', () => {
  it('are those of the newest bank, and what is left of the old one stands alone', async () => {
    const [encoder, head] = [variableOf('encoder', [1, 2]), variableOf('head', [3])]
    new Bank('all', 'parameter', [encoder, head])
    const newest = new Bank('head only', 'parameter', [head])
    encoder.values[0] = 5
    expect([...newest.values, ...head.values, ...encoder.values]).toEqual([3, 3, 5, 2])
    const graph = trace({}, () => {
      const before = multiply(sum(read(encoder)), read(head))
      assign(newest, add(read(newest), 1))
      return { before, head: read(head) }
    })
    expect(graph.state.map(({ variable }) => variable)).toEqual([encoder, newest])
    expect(await runSteps(graph, [encoder, head], 2)).toEqual({ before: [28], head: [5] })
    expect([...head.values, ...newest.values]).toEqual([5, 5])
  })

  it.each([read, (bank: Bank) => assign(bank, multiply(read(bank), 2))])(
    'leave a bank behind that can neither be read nor assigned',
    (use) => {
      const head = variableOf('head', [3])
      const old = new Bank('old', 'parameter', [variableOf('encoder', [1]), head])
      new Bank('new', 'parameter', [head])
      const tracing = () =>
        trace({}, () => {
          use(old)
          return {}
        })
      expect(tracing).toThrow(OssatureError)
      expect(tracing).toThrow(/^old: the variables were packed anew/)
    },
  )
})
