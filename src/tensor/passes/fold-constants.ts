import { type ConstantData, constant } from '../functions/constant.ts'
import { type Node, shapeError, sizeOf, type Tensor } from '../tensor.ts'
import { CONSTANT_ARITHMETIC, type HostFloats } from './constant-arithmetic.ts'
import { CONSTANT_VIEWS, type HostTensor } from './constant-views.ts'
import { type Rule, rewrite } from './rewrite.ts'

/** Up to this number of elements a constant may take the place of smaller ones. */
const SMALL = 4096
/** Multiplications that folding one product may take. */
const MOST_WORK = 2 ** 22

/**
 * Constants in place of what is computed from constants alone: views of any type, and the arithmetic, sums and matrix
 * products of `CONSTANT_ARITHMETIC` in float32. Left alone where the result would be large and larger than its operands.
 */
export const foldConstants: Rule = (node, inputs) => {
  if (!isFoldable(node, inputs)) return undefined
  const stored = inputs.reduce((total, { shape }) => total + sizeOf(shape), 0)
  const size = node.outputs.reduce((total, { shape }) => total + sizeOf(shape), 0)
  if (size > Math.max(SMALL, stored) || workOf(node, inputs) > MOST_WORK) return undefined
  return evaluated(node, inputs)
}

/**
 * The constant that a tensor computed from constants stands for, however large.
 * @throws OssatureError when it is computed from something else
 */
export function folded(tensor: Tensor): Tensor {
  const [constantTensor] = rewrite([tensor], (node, inputs) =>
    isFoldable(node, inputs) ? evaluated(node, inputs) : undefined,
  )
  if (!isConstant(constantTensor)) throw shapeError('folding', [tensor], 'a tensor that is computed from constants')
  return constantTensor
}

export function isConstant(t: Tensor): boolean {
  return t.node.operator === 'Constant'
}

function isFoldable({ operator }: Node, inputs: readonly Tensor[]): boolean {
  if (inputs.length === 0 || !inputs.every(isConstant)) return false
  return operator in CONSTANT_VIEWS || (operator in CONSTANT_ARITHMETIC && inputs.every(({ dtype }) => dtype === 'f32'))
}

function evaluated(node: Node, inputs: readonly Tensor[]): readonly Tensor[] {
  const values = inputs.map(({ shape, node: { attributes } }): HostTensor => ({ shape, data: attributes.data }))
  const shapes = node.outputs.map(({ shape }) => shape)
  const view = CONSTANT_VIEWS[node.operator]
  const results: readonly ConstantData[] = view
    ? view(values, node.attributes, shapes)
    : [CONSTANT_ARITHMETIC[node.operator](values as HostFloats[], node.attributes, shapes[0])]
  return results.map((data, i) => constant(data, shapes[i]))
}

function workOf(node: Node, inputs: readonly Tensor[]): number {
  return node.operator === 'MatMul' ? sizeOf(node.outputs[0].shape) * inputs[0].shape.at(-1)! : 0
}
