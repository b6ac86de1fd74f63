import { add } from '../functions/arithmetic.ts'
import { concat, reshape, transpose } from '../functions/layout.ts'
import { apply } from '../operator.ts'
import { sameShape, sizeOf, type Tensor } from '../tensor.ts'
import {
  alignedConstant,
  channelVector,
  constantPieces,
  isZero,
  reshapedConstant,
  untransposedConstant,
} from './channel-constants.ts'
import { folded, isConstant } from './fold-constants.ts'
import type { UseCounts } from './rewrite.ts'

/**
 * x + offset without that sum, by adding to constants that x already has added: the bias of a convolution, a constant
 * addend. `undefined` where there are none, or x is used elsewhere, too. The offset is a constant of the rank of x that
 * broadcasts to it.
 */
export function shiftedProducer(x: Tensor, offset: Tensor, uses: UseCounts): Tensor | undefined {
  if (isConstant(x)) return folded(add(x, offset))
  if ((uses.get(x) ?? 1) > 1) return undefined
  const { operator, inputs, attributes } = x.node
  const [a, b] = inputs
  switch (operator) {
    case 'Conv':
      return shiftedConvolution(x, offset)
    case 'Reshape': {
      const moved = reshapedConstant(offset, x.shape, a.shape)
      const source = moved && shiftedProducer(a, moved, uses)
      return source && reshape(source, x.shape)
    }
    case 'Transpose': {
      const source = shiftedProducer(a, untransposedConstant(offset, attributes.perm), uses)
      return source && transpose(source, attributes.perm)
    }
    case 'Add':
      return shiftedAddend(a, b, offset, uses) ?? shiftedAddend(b, a, offset, uses)
    case 'Concat':
      return shiftedPieces(x, offset, uses)
    default:
      return undefined
  }
}

function shiftedConvolution(x: Tensor, offset: Tensor): Tensor | undefined {
  const [source, weight, bias] = x.node.inputs
  const vector = channelVector(offset, x)
  if (!vector || (bias && !isConstant(bias))) return undefined
  return apply('Conv', [source, weight, bias ? folded(add(bias, vector)) : vector], x.node.attributes)
}

/** x + (addend + offset). */
function shiftedAddend(x: Tensor, addend: Tensor, offset: Tensor, uses: UseCounts): Tensor | undefined {
  if (isConstant(addend)) {
    const total = folded(add(addend, offset))
    return alignedConstant(total, x) && keepsMagnitude(addend, offset, total) ? add(x, total) : undefined
  }
  if (!sameShape(x.shape, addend.shape)) return undefined
  const shifted = shiftedProducer(addend, offset, uses)
  return shifted && add(x, shifted)
}

/** Whether two addends do not cancel: (x + c) - c must not become x, whose rounding is another. */
function keepsMagnitude(a: Tensor, b: Tensor, total: Tensor): boolean {
  const largest = (t: Tensor) => (t.node.attributes.data as Float32Array).reduce((m, v) => Math.max(m, Math.abs(v)), 0)
  return largest(total) * 2 >= Math.max(largest(a), largest(b))
}

/** Pieces that cannot be shifted get a sum of their own, where they are the smaller part. */
function shiftedPieces(x: Tensor, offset: Tensor, uses: UseCounts): Tensor | undefined {
  const { inputs, attributes } = x.node
  const pieces = constantPieces(offset, inputs, attributes.axis)
  const results = inputs.map((t, i) => (isZero(pieces[i]) ? t : shiftedProducer(t, pieces[i], uses)))
  const left = inputs.reduce((total, t, i) => total + (results[i] ? 0 : sizeOf(t.shape)), 0)
  if (left * 2 > sizeOf(x.shape)) return undefined
  return concat(
    inputs.map((t, i) => results[i] ?? add(t, pieces[i])),
    attributes.axis,
  )
}
