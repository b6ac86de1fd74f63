import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { CPU_PASSES } from '../../src/runtime/cpu/passes.ts'
import { einsum, f32, type Shape, type Tensor, trace } from '../../src/tensor/index.ts'
import { checkGradient } from './check-gradient.ts'
import { type Fed, randomFed, runGraph } from './run-graph.ts'

interface Problem {
  readonly equation: string
  readonly shapes: readonly Shape[]
}

/** Up to four operands over a few letters, some of them twice in one operand; results left out now and then. */
function randomProblem(seed: number): Problem {
  const stream = new CounterStream(`einsum ${seed}`)
  const letters = [...'abcdeF'].slice(0, stream.integer(2, 7))
  const sizes = Object.fromEntries(letters.map((letter) => [letter, stream.integer(1, 4)]))
  const terms = Array.from({ length: stream.integer(1, 5) }, () =>
    Array.from({ length: stream.integer(0, 5) }, () => stream.choice(letters)),
  )
  const used = [...new Set(terms.flat())]
  const kept = used.filter(() => stream.uniform(0, 1) < 0.5)
  const result = kept.map((letter) => [stream.uniform(0, 1), letter] as const).sort(([a], [b]) => a - b)
  const explicit = stream.uniform(0, 1) < 0.8 ? `->${result.map(([, letter]) => letter).join('')}` : ''
  return {
    equation: terms.map((term) => term.join('')).join(',') + explicit,
    shapes: terms.map((term) => term.map((letter) => sizes[letter])),
  }
}

/** The sum over all assignments of values to letters, in float64. */
function naive({ equation }: Problem, operands: readonly Fed[]): number[] {
  const [left, right] = equation.split('->')
  const terms = left.split(',').map((term) => [...term])
  const all = terms.flat()
  const once = all.filter((letter) => all.indexOf(letter) === all.lastIndexOf(letter)).sort()
  const result = right === undefined ? once : [...right]
  const letters = [...result, ...[...new Set(all)].filter((letter) => !result.includes(letter))]
  const sizes = new Map<string, number>()
  terms.forEach((term, i) => {
    term.forEach((letter, axis) => {
      sizes.set(letter, operands[i].shape[axis])
    })
  })
  const total = (names: readonly string[]) => names.reduce((product, letter) => product * sizes.get(letter)!, 1)
  const sums = new Array<number>(total(result)).fill(0)
  const inner = total(letters) / sums.length
  for (let at = 0; at < total(letters); at++) {
    const value = new Map<string, number>()
    let rest = at
    for (const letter of letters.toReversed()) {
      value.set(letter, rest % sizes.get(letter)!)
      rest = Math.floor(rest / sizes.get(letter)!)
    }
    const factors = terms.map((term, i) => {
      const offset = term.reduce((position, letter) => position * sizes.get(letter)! + value.get(letter)!, 0)
      return operands[i].data[offset]
    })
    sums[Math.floor(at / inner)] += factors.reduce<number>((product, factor) => product * Number(factor), 1)
  }
  return sums
}

const named = (operands: readonly Fed[]) => Object.fromEntries(operands.map((operand, i) => [`operand ${i}`, operand]))

describe('einsum', () => {
  it('equals the naive sum for random equations', async () => {
    const problems = Array.from({ length: 60 }, (_, i) => randomProblem(i))
    const operands = problems.map(({ shapes }, i) => shapes.map((shape, k) => randomFed(shape, 10 * i + k)))
    const inputs = Object.fromEntries(operands.flatMap((group, i) => group.map((fed, k) => [`${i} ${k}`, fed])))
    const results = await runGraph(
      inputs,
      (tensors) =>
        Object.fromEntries(
          problems.map(({ equation, shapes }, i) => [
            equation + i,
            einsum(equation, ...shapes.map((_, k) => tensors[`${i} ${k}`])),
          ]),
        ),
      { passes: CPU_PASSES },
    )
    problems.forEach((problem, i) => {
      const wanted = naive(problem, operands[i])
      const found = results[problem.equation + i]
      expect(found.length, problem.equation).toBe(wanted.length)
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
      const error = wanted.reduce((most, value, k) => Math.max(most, Math.abs(value - found[k])), 0)
      expect(error / largest, `${problem.equation} of ${problem.shapes.map((s) => `[${s}]`)}`).toBeLessThan(1e-5)
    })
  })

  it.each([
    [
      'ij,jk->ik',
      [
        [2, 3],
        [3, 2],
      ],
    ],
    [
      'ncuv,nctv->nctu',
      [
        [2, 1, 2, 3],
        [2, 1, 2, 3],
      ],
    ],
    ['ii,i->', [[3, 3], [3]]],
    [
      'ij,jk,kl->il',
      [
        [2, 2],
        [2, 3],
        [3, 2],
      ],
    ],
    [
      '...i,ij',
      [
        [2, 2, 3],
        [3, 2],
      ],
    ],
    ['i,j->ij', [[2], [3]]],
    ['ijk->kj', [[2, 2, 3]]],
  ] as [string, Shape[]][])('has the gradient of the sum: %s', async (equation, shapes) => {
    const inputs = named(shapes.map((shape, i) => randomFed(shape, i + 1)))
    await checkGradient(inputs, (tensors) => einsum(equation, ...Object.values(tensors)))
  })

  it('adds no transposition to what is a matrix product as it lies', () => {
    const operatorsOf = (equation: string, ...shapes: Shape[]) => {
      const found: string[] = []
      const visit = (t: Tensor) => {
        found.push(t.node.operator)
        t.node.inputs.forEach(visit)
      }
      trace(Object.fromEntries(shapes.map((shape, i) => [`${i}`, f32(...shape)])), (tensors) => {
        const y = einsum(equation, ...Object.values(tensors))
        visit(y)
        return { y }
      })
      return found.filter((name) => name !== 'Input' && name !== 'Reshape')
    }
    expect(operatorsOf('nctv,vw->nctw', [2, 3, 4, 5], [5, 6])).toEqual(['MatMul'])
    expect(operatorsOf('ncuv,ncvt->ncut', [2, 3, 4, 5], [2, 3, 5, 6])).toEqual(['MatMul'])
    // The transposition of the last two axes is one that the matrix product reads in place.
    expect(operatorsOf('ncuv,nctv->nctu', [2, 3, 4, 5], [2, 3, 6, 5])).toEqual(['MatMul', 'Transpose'])
  })
})

describe('einsum refuses', () => {
  const refusal =
    (equation: string, ...shapes: Shape[]) =>
    () =>
      trace(Object.fromEntries(shapes.map((shape, i) => [`${i}`, f32(...shape)])), (tensors) => ({
        y: einsum(equation, ...Object.values(tensors)),
      }))

  it.each([
    ['signs that are no letters', 'i1,j->ij', [[2], [3]], 'i1,j->ij'],
    ['two arrows', 'i->i->i', [[2]], 'one ->'],
    ['more terms than tensors', 'i,j->ij', [[2]], '1 terms'],
    ['a term of another rank', 'ij->i', [[2]], '1 axes in term 1'],
    ['a rank above the letters', 'i->i', [[2, 2]], '2 axes in term 1'],
    ['an unknown result', 'i->j', [[2]], 'result letters'],
    ['a result that stands twice', 'i->ii', [[2]], 'result letters'],
    [
      'two lengths for one letter',
      'ij,jk->ik',
      [
        [2, 3],
        [4, 5],
      ],
      'f32[2, 3] and f32[4, 5]',
    ],
    ['axes to broadcast', 'i,i->i', [[1], [5]], 'f32[1] and f32[5]'],
  ] as [string, string, Shape[], string][])('%s', (_, equation, shapes, part) => {
    expect(refusal(equation, ...shapes)).toThrow(part)
    expect(refusal(equation, ...shapes)).toThrow(/^graph: einsum/)
  })
})
