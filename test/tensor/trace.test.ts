import { describe, expect, it } from 'vitest'
import { Buffer, Parameter } from '../../src/nn/index.ts'
import {
  add,
  apply,
  assign,
  Bank,
  declareUpdate,
  defineOperator,
  f32,
  gradients,
  i32,
  inScope,
  isTraining,
  multiply,
  read,
  readBeforeStep,
  reportOutput,
  reshape,
  square,
  stopGradient,
  sum,
  type Tensor,
  trace,
  writeOnnx,
} from '../../src/tensor/index.ts'
import { fed, runGraph } from './run-graph.ts'
import { runSteps, variableOf } from './run-state.ts'

describe('a trace', () => {
  it('names its inputs and outputs in their order, with their types', () => {
    const graph = trace({ clip: f32(2, 3), label: i32(2) }, ({ clip, label }) => ({
      label,
      doubled: multiply(clip, 2),
    }))
    expect(graph.inputs.map(({ name, tensor }) => `${name} ${tensor}`)).toEqual(['clip f32[2, 3]', 'label i32[2]'])
    expect(graph.outputs.map(({ name, tensor }) => `${name} ${tensor}`)).toEqual(['label i32[2]', 'doubled f32[2, 3]'])
    expect(graph.state).toEqual([])
  })

  it('lists every variable once, with an update where it is assigned', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => variableOf(name, [1]))
    const graph = trace({}, () => {
      const y = add(read(a), multiply(read(b), read(a)))
      assign(c, y)
      return { y }
    })
    expect(graph.state.map(({ variable, next }) => [variable.name, next !== undefined])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ])
  })

  it('knows whether it trains, also after a trace inside it or one that failed', () => {
    trace(
      {},
      () => {
        expect(isTraining()).toBe(true)
        trace({}, () => {
          expect(isTraining()).toBe(false)
          return {}
        })
        expect(isTraining()).toBe(true)
        return {}
      },
      { training: true },
    )
    expect(() =>
      trace({}, () => {
        throw new Error('in the body')
      }),
    ).toThrow('in the body')
    expect(() => isTraining()).toThrow('outside trace()')
    expect(() => read(variableOf('a', [1]))).toThrow('outside trace()')
  })

  it('must be told whether it trains, when parameters are updated through modules that ask', () => {
    const traced = (steps: readonly (() => void)[], training?: boolean) => () => {
      const body = () => {
        for (const step of steps) inScope('backbone.bn', step)
        return {}
      }
      return trace({}, body, { training })
    }
    for (const steps of [
      [isTraining, declareUpdate],
      [declareUpdate, isTraining],
    ]) {
      expect(traced(steps)).toThrow(/^backbone\.bn: [\s\S]*training: true[\s\S]*training: false/)
      for (const training of [true, false]) expect(traced(steps, training)).not.toThrow()
    }
    for (const step of [isTraining, declareUpdate]) expect(traced([step])).not.toThrow()
  })

  it('tells the caller what modules report', () => {
    const seen: string[] = []
    const observe = (path: string, output: Tensor) => seen.push(`${path} ${output}`)
    trace(
      { x: f32(2) },
      ({ x }) => {
        reportOutput('gcn.0', x)
        return {}
      },
      { observe },
    )
    reportOutput('gcn.1', trace({ x: f32(2) }, ({ x }) => ({ x })).outputs[0].tensor)
    expect(seen).toEqual(['gcn.0 f32[2]'])
  })

  it('refuses a tensor of another trace', () => {
    let foreign: Tensor | undefined
    trace({ clip: f32(2) }, ({ clip }) => {
      foreign = clip
      return {}
    })
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: add(x, foreign!) }))
    expect(() => writeOnnx(graph)).toThrow(/clip: the graph needs a value that it is not fed/)
  })
})

describe('names of inputs and outputs', () => {
  it('may be one name on both sides, and may look like names that the writer makes up', async () => {
    const inputs = { x: fed([2], [1, 2]), t3: fed([2], [10, 20]), 'state 0': fed([2], [5, 6]) }
    const results = await runGraph(inputs, (t) => {
      const y = multiply(add(t.x, t.t3), t['state 0'])
      return { x: y, t4: add(y, 1), c0: reshape(sum(y), []), t3: t.t3, again: y, 'next 0': t.x }
    })
    expect(results).toEqual({
      x: [55, 132],
      t4: [56, 133],
      c0: [187],
      t3: [10, 20],
      again: [55, 132],
      'next 0': [1, 2],
    })
  })

  it('must differ in a file', () => {
    const graph = trace({ x: f32(2) }, ({ x }) => ({ x: multiply(x, 2) }))
    expect(() => writeOnnx(graph)).toThrow(/x: two inputs or outputs of the graph have one name/)
  })
})

describe('assignment', () => {
  it('holds for every reading that follows, and after the step', async () => {
    const v = variableOf('v', [3])
    const graph = trace({}, () => {
      const before = read(v)
      assign(v, add(before, 1))
      return { before, after: read(v), first: readBeforeStep(v) }
    })
    expect(await runSteps(graph, [v], 3)).toEqual({ before: [5], after: [6], first: [5] })
    expect([...v.values]).toEqual([6])
  })

  it('builds on the one before', async () => {
    const v = variableOf('v', [3])
    const graph = trace({}, () => {
      assign(v, multiply(read(v), 10))
      assign(v, multiply(read(v), 2))
      return {}
    })
    await runSteps(graph, [v])
    expect([...v.values]).toEqual([60])
  })

  it('of a bank reaches its pieces, and of a piece its bank', async () => {
    const pieces = [variableOf('a', [1, 2]), variableOf('b', [3])]
    const bank = new Bank('bank', 'buffer', pieces)
    const graph = trace({}, () => {
      assign(bank, multiply(read(bank), 10))
      const second = read(pieces[1])
      assign(pieces[1], add(second, 1))
      return { first: read(pieces[0]), second, whole: read(bank) }
    })
    expect(await runSteps(graph, [bank])).toEqual({ first: [10, 20], second: [30], whole: [10, 20, 31] })
    expect([...bank.values]).toEqual([10, 20, 31])
  })

  it('exchanges two variables', async () => {
    const [a, b] = [variableOf('a', [1, 2]), variableOf('b', [3, 4])]
    const graph = trace({}, () => {
      const [first, second] = [read(a), read(b)]
      assign(a, second)
      assign(b, first)
      return {}
    })
    await runSteps(graph, [a, b])
    expect([...a.values, ...b.values]).toEqual([3, 4, 1, 2])
    await runSteps(graph, [a, b], 2)
    expect([...a.values, ...b.values]).toEqual([3, 4, 1, 2])
  })
})

describe('gradients', () => {
  it('are undefined for parameters that the loss does not reach', () => {
    const [used, unused, stopped] = ['used', 'unused', 'stopped'].map(() => new Parameter([2], () => {}))
    const buffer = new Buffer(Float32Array.of(1, 2), [2])
    trace({ x: f32(2) }, ({ x }) => {
      const y = multiply(multiply(x, read(used)), add(read(buffer), stopGradient(read(stopped))))
      const aside = multiply(read(unused), x)
      const found = gradients(sum(y), [used, unused, stopped].map(read))
      expect(found.map((d) => d?.shape)).toEqual([[2], undefined, undefined])
      return { y, aside }
    })
  })

  it('add up over every path, and reach tensors between input and loss', async () => {
    const { dx, dy } = await runGraph({ x: fed([2], [3, 5]) }, ({ x }) => {
      const y = square(x)
      const loss = sum(add(multiply(y, x), add(y, x)))
      const [dx, dy] = gradients(loss, [x, y])
      return { dx: dx!, dy: dy! }
    })
    // d(x^3 + x^2 + x) = 3 x^2 + 2 x + 1, and d/dy of y x + y + x with x held = x + 1.
    expect(dx).toEqual([34, 86])
    expect(dy).toEqual([4, 6])
  })

  it('of the loss itself are 1', async () => {
    const { d } = await runGraph({ x: fed([], [3]) }, ({ x }) => ({ d: gradients(x, [x])[0]! }))
    expect(d).toEqual([1])
  })

  it('say which operator has no rule', () => {
    const ask = () =>
      trace({ x: f32(1, 2, 4, 4) }, ({ x }) => {
        const mask = multiply(x, x)
        return { d: gradients(sum(withoutRule(mask)), [x])[0]! }
      })
    expect(ask).toThrow(/no gradient rule for WithoutRule[\s\S]*stopGradient/)
  })
})

defineOperator('WithoutRule', { infer: ([x]) => [{ dtype: x.dtype, shape: x.shape }] })

function withoutRule(x: Tensor): Tensor {
  return apply('WithoutRule', [x])
}
