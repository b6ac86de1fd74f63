import { type ConstantData, constant } from '../functions/constant.ts'
import { type Node, sizeOf, type Tensor } from '../tensor.ts'
import { CONSTANT_ARITHMETIC } from './constant-arithmetic.ts'
import { CONSTANT_VIEWS, type HostTensor } from './constant-views.ts'
import type { Rule } from './rewrite.ts'

/** Up to this number of elements a constant may take the place of smaller ones. */
const SMALL = 4096
/** Multiplications that folding one product may take. */
const MOST_WORK = 2 ** 22

/**
 * Constants in place of what is computed from constants alone: views of any type, and the arithmetic, sums and matrix
 * products of `CONSTANT_ARITHMETIC` in float32. Left alone where the result would be large and larger than its operands.
 */
export const foldConstants: Rule = (node, inputs) => {
  if (inputs.length === 0 || !inputs.every(isConstant)) return undefined
  const view = CONSTANT_VIEWS[node.operator]
  const arithmetic = CONSTANT_ARITHMETIC[node.operator]
  if (!view && !arithmetic) return undefined
  if (arithmetic && inputs.some(({ dtype }) => dtype !== 'f32')) return undefined
  const stored = inputs.reduce((total, { shape }) => total + sizeOf(shape), 0)
  const size = node.outputs.reduce((total, { shape }) => total + sizeOf(shape), 0)
  if (size > Math.max(SMALL, stored) || workOf(node, inputs) > MOST_WORK) return undefined
  const values = inputs.map(({ shape, node: { attributes } }): HostTensor => ({ shape, data: attributes.data }))
  const shapes = node.outputs.map(({ shape }) => shape)
  const results: readonly ConstantData[] = view
    ? view(values, node.attributes, shapes)
    : [arithmetic(values as Parameters<typeof arithmetic>[0], node.attributes, shapes[0])]
  return results.map((data, i) => constant(data, shapes[i], node.outputs[i].dtype))
}

function isConstant(t: Tensor): boolean {
  return t.node.operator === 'Constant'
}

function workOf(node: Node, inputs: readonly Tensor[]): number {
  return node.operator === 'MatMul' ? sizeOf(node.outputs[0].shape) * inputs[0].shape.at(-1)! : 0
}
