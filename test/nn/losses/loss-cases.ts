import { beforeAll, describe, it } from 'vitest'
import type { ReductionOptions } from '../../../src/nn/index.ts'
import { gradients, multiply, sum, type Tensor } from '../../../src/tensor/index.ts'
import { type Fed, runGraph, type Tensors } from '../../tensor/run-graph.ts'
import { expectTensor, fedFrom, readCases, type WrittenTensor, type WrittenTensors } from '../fixture.ts'

interface LossCase {
  readonly loss: string
  readonly name: string
  readonly options: LossCaseOptions
  readonly inputs: WrittenTensors
  readonly expected: { readonly loss: WrittenTensor; readonly gradients: WrittenTensors }
}

export interface LossCaseOptions extends ReductionOptions {
  readonly counts?: readonly number[]
}

/** A loss of the inputs of a case. */
export type Loss = (tensors: Tensors, options: LossCaseOptions) => Tensor

/** Compares losses and their gradients with all cases of a fixture; one graph computes them all. */
export function describeLosses(fixture: string, losses: Readonly<Record<string, Loss>>): void {
  const cases = readCases<LossCase>(`losses/${fixture}`)
  const label = ({ name, options }: LossCase) => [name, JSON.stringify(options)].filter(Boolean).join(' ')

  describe.each(Object.keys(losses))('%s', (loss) => {
    const own = cases.filter((c) => c.loss === loss)
    let results: Record<string, number[]>
    beforeAll(async () => {
      const inputs: Record<string, Fed> = {}
      own.forEach((c, i) => {
        for (const [name, value] of Object.entries(fedFrom(c.inputs))) inputs[`${i} ${name}`] = value
      })
      results = await runGraph(inputs, (tensors) => {
        return Object.assign({}, ...own.map((c, i) => outputsOf(c, i, tensors, losses[loss])))
      })
    })

    it.each(own.map((c, i) => [label(c), c, i] as const))(
      'has the value and gradients of the reference: %s',
      (_, c, i) => {
        expectTensor(results[`${i} loss`], c.expected.loss, 'loss')
        for (const [name, wanted] of Object.entries(c.expected.gradients)) {
          expectTensor(results[`${i} gradient of ${name}`], wanted, `gradient of ${name}`)
        }
      },
    )
  })
}

function outputsOf({ inputs, options, expected }: LossCase, index: number, tensors: Tensors, loss: Loss): Tensors {
  const own = Object.fromEntries(Object.keys(inputs).map((name) => [name, tensors[`${index} ${name}`]]))
  const value = loss(own, options)
  const wanted = Object.keys(expected.gradients)
  const found = gradients(
    sum(multiply(value, own.seed)),
    wanted.map((name) => own[name]),
  )
  const named = wanted.map((name, i) => [`${index} gradient of ${name}`, found[i]!])
  return { [`${index} loss`]: value, ...Object.fromEntries(named) }
}
