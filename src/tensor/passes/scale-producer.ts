import { add, multiply } from '../functions/arithmetic.ts'
import { concat, reshape, transpose } from '../functions/layout.ts'
import { apply } from '../operator.ts'
import { type Shape, sizeOf, type Tensor } from '../tensor.ts'
import {
  alignedConstant,
  channelVector,
  constantPieces,
  reshapedConstant,
  untransposedConstant,
} from './channel-constants.ts'
import { folded, isConstant } from './fold-constants.ts'
import type { UseCounts } from './rewrite.ts'

/**
 * x * scale without that product, by scaling constants that x is computed from linearly: the weights of a convolution, an
 * operand of a matrix product, the addends of a sum. `undefined` where there are none, or x is used elsewhere, too.
 * The scale is a constant of the rank of x that broadcasts to it.
 */
export function scaledProducer(x: Tensor, scale: Tensor, uses: UseCounts): Tensor | undefined {
  if (isConstant(x)) return folded(multiply(x, scale))
  if ((uses.get(x) ?? 1) > 1) return undefined
  const { operator, inputs, attributes } = x.node
  const [a, b] = inputs
  switch (operator) {
    case 'Conv':
      return scaledConvolution(x, scale)
    case 'Reshape': {
      const moved = reshapedConstant(scale, x.shape, a.shape)
      const source = moved && scaledProducer(a, moved, uses)
      return source && reshape(source, x.shape)
    }
    case 'Transpose': {
      const source = scaledProducer(a, untransposedConstant(scale, attributes.perm), uses)
      return source && transpose(source, attributes.perm)
    }
    case 'ReduceSum': {
      const source = scaledProducer(a, scale, uses)
      return source && apply('ReduceSum', [source], attributes)
    }
    case 'MatMul':
      return scaledProduct(x, scale, uses)
    case 'Mul':
      return scaledFactor(a, b, scale) ?? scaledFactor(b, a, scale)
    case 'Add': {
      const [left, right] = inputs.map((t) => scaledOperand(t, scale, x.shape, uses))
      return left && right && add(left, right)
    }
    case 'Concat':
      return scaledPieces(x, scale, uses)
    default:
      return undefined
  }
}

function scaledConvolution(x: Tensor, scale: Tensor): Tensor | undefined {
  const [source, weight, bias] = x.node.inputs
  const vector = channelVector(scale, x)
  if (!vector || !isConstant(weight) || (bias && !isConstant(bias))) return undefined
  const column = reshape(vector, [x.shape[1], ...weight.shape.slice(1).map(() => 1)])
  const inputs = [source, folded(multiply(weight, column))]
  if (bias) inputs.push(folded(multiply(bias, vector)))
  return apply('Conv', inputs, x.node.attributes)
}

/** Scales the operand that the scale does not vary across: rows of the left one, columns of the right one. */
function scaledProduct(x: Tensor, scale: Tensor, uses: UseCounts): Tensor | undefined {
  const [a, b] = x.node.inputs
  const left = scale.shape.at(-1) === 1 ? operandScale(scale, a.shape) : undefined
  const right = scale.shape.at(-2) === 1 ? operandScale(scale, b.shape) : undefined
  const scaledLeft = left && scaledProducer(a, left, uses)
  if (scaledLeft) return apply('MatMul', [scaledLeft, b])
  const scaledRight = right && scaledProducer(b, right, uses)
  return scaledRight && apply('MatMul', [a, scaledRight])
}

/** x * constant, scaled: the product of both constants, where it stays clear of the ends of float32. */
function scaledFactor(x: Tensor, factor: Tensor, scale: Tensor): Tensor | undefined {
  if (!isConstant(factor) || ![factor, scale].every(isModerate)) return undefined
  const product = folded(multiply(factor, scale))
  return alignedConstant(product, x) && multiply(x, product)
}

function isModerate(value: Tensor): boolean {
  const data: Float32Array = value.node.attributes.data
  return data.every((element) => Math.abs(element) < 1e9 && (element === 0 || Math.abs(element) > 1e-9))
}

/** An operand of a sum of shape `shape`, scaled; a broadcast operand only where it is constant or the scale fits it. */
function scaledOperand(t: Tensor, scale: Tensor, shape: Shape, uses: UseCounts): Tensor | undefined {
  if (isConstant(t)) {
    const result = folded(multiply(t, scale))
    return sizeOf(result.shape) < sizeOf(shape) ? result : undefined
  }
  const own = operandScale(scale, t.shape)
  return own && scaledProducer(t, own, uses)
}

/** The scale with the rank of an operand, where it does not vary along axes that the operand lacks. */
function operandScale(scale: Tensor, shape: Shape): Tensor | undefined {
  const missing = scale.rank - shape.length
  const fits = scale.shape.every((n, axis) => n === 1 || (axis >= missing && shape[axis - missing] === n))
  return fits ? folded(reshape(scale, scale.shape.slice(Math.max(0, missing)))) : undefined
}

/** Pieces that cannot be scaled get a product of their own, where they are the smaller part. */
function scaledPieces(x: Tensor, scale: Tensor, uses: UseCounts): Tensor | undefined {
  const { inputs, attributes } = x.node
  const pieces = constantPieces(scale, inputs, attributes.axis)
  const results = inputs.map((t, i) => scaledProducer(t, pieces[i], uses))
  const left = inputs.reduce((total, t, i) => total + (results[i] ? 0 : sizeOf(t.shape)), 0)
  if (left * 2 > sizeOf(x.shape)) return undefined
  return concat(
    inputs.map((t, i) => results[i] ?? multiply(t, pieces[i])),
    attributes.axis,
  )
}
