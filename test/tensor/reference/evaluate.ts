import type { Node, Tensor } from '../../../src/tensor/tensor.ts'
import { ELEMENTWISE } from './elementwise.ts'
import { INDEXING } from './indexing.ts'
import { LAYOUT } from './layout.ts'
import { REDUCTIONS } from './reductions.ts'
import { count, type Reference, type Values } from './values.ts'
import { WINDOWS } from './windows.ts'

/** Every operator of the tensor floor by its definition, in float64. */
export const REFERENCES: Readonly<Record<string, Reference>> = {
  ...ELEMENTWISE,
  ...LAYOUT,
  ...REDUCTIONS,
  ...INDEXING,
  ...WINDOWS,
}

/** Operators that the evaluator handles itself. */
export const STRUCTURE = ['Input', 'Constant', 'Composite'] as const

/** Operators whose float32 results are exact: they choose, move or compare. */
const EXACT = new Set([
  ...Object.keys(LAYOUT),
  ...['Gather', 'GatherElements', 'GatherND', 'MaxPool', 'ReduceMax', 'ReduceMin', 'TopK', 'Max', 'Min', 'Where'],
  ...['Neg', 'Abs', 'Sign', 'Floor', 'Ceil', 'Round', 'Relu', 'Clip', 'StopGradient', 'Cast', 'Mod', 'Constant'],
])

/**
 * How many terms an operator adds up for one result: one after the other in float32, their errors may all add up.
 * `undefined` where it adds up none.
 */
function termsOf({ operator, inputs, outputs, attributes }: Node): number | undefined {
  switch (operator) {
    case 'ReduceSum':
      return count(inputs[0].shape) / count(outputs[0].shape)
    case 'MatMul':
      return inputs[0].shape.at(-1)!
    case 'Conv':
      return count(inputs[1].shape.slice(1))
    case 'CumSum':
      return inputs[0].shape[attributes.axis]
    default:
      return undefined
  }
}

/** Sums of up to this many terms round like a single operation. */
const FEW_TERMS = 8

export interface Evaluation {
  /**
   * Relative error that is added to every float32 result that an operator rounds, and to the inputs; none when absent. That
   * of a sum counts from the sum of the absolute terms, and grows with their number.
   */
  readonly rounding?: () => number
  /** What `stopGradient` gives; filled where it is empty, so that further calls with it give the same. */
  readonly stopped?: Map<Node, readonly Values[]>
}

/**
 * The values of tensors in float64, computed node by node with naive loops.
 * @param fed what the graph is fed, by the names of its inputs
 */
export function evaluate(
  tensors: readonly Tensor[],
  fed: Readonly<Record<string, ArrayLike<number>>>,
  { rounding, stopped }: Evaluation = {},
): Values[] {
  const known = new Map<Node, readonly Values[]>()

  function valuesOf(tensor: Tensor): Values {
    if (tensor.node.operator === 'Composite') return valuesOf(tensor.node.attributes.body[tensor.index])
    let outputs = known.get(tensor.node) ?? stopped?.get(tensor.node)
    if (!outputs) {
      outputs = rounded(tensor.node, compute(tensor.node))
      known.set(tensor.node, outputs)
      if (tensor.node.operator === 'StopGradient') stopped?.set(tensor.node, outputs)
    }
    return outputs[tensor.index]
  }

  function compute(node: Node): readonly (readonly number[])[] {
    const { operator, attributes } = node
    if (operator === 'Input') return [Array.from(fed[attributes.name])]
    if (operator === 'Constant') return [Array.from<number | bigint, number>(attributes.data, Number)]
    const reference = REFERENCES[operator]
    if (!reference) throw new Error(`no reference for ${operator}`)
    return reference(node.inputs.map(valuesOf), attributes, node.outputs)
  }

  function rounded(node: Node, results: readonly (readonly number[])[]): Values[] {
    return results.map((data, i) => {
      const { dtype, shape } = node.outputs[i]
      if (data.length !== count(shape)) throw new Error(`${node.operator}: ${data.length} values for [${shape}]`)
      if (!rounding || dtype !== 'f32' || EXACT.has(node.operator)) return { shape, data }
      const terms = termsOf(node)
      if (terms === undefined) return { shape, data: data.map((value) => value * (1 + rounding())) }
      const absolute = node.inputs.map(valuesOf).map((input) => ({ ...input, data: input.data.map(Math.abs) }))
      const [sizes] = REFERENCES[node.operator](absolute, node.attributes, node.outputs)
      const growth = Math.max(1, terms / FEW_TERMS)
      return { shape, data: data.map((value, k) => value + sizes[k] * growth * rounding()) }
    })
  }

  return tensors.map(valuesOf)
}
