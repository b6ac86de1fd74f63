import { concat, type Rule, rewrite, split, type Tensor } from '../../tensor/index.ts'

/** A shader may be bound to 8 buffers on every WebGPU device; one of them is the whole. */
const MOST = 7

/**
 * A Split into many parts as Splits of Splits, and a Concat of many parts as Concats of Concats: a shader has a buffer
 * for each part, and only so many can be bound.
 */
export function splitWide(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, rule)
}

const rule: Rule = (node, inputs) => {
  if (node.operator === 'Split' && node.outputs.length > MOST)
    return splitInStages(inputs[0], node.attributes.axis, node.attributes.sizes)
  if (node.operator === 'Concat' && inputs.length > MOST) return [concatInStages(inputs, node.attributes.axis)]
  return undefined
}

function splitInStages(whole: Tensor, axis: number, sizes: readonly number[]): readonly Tensor[] {
  if (sizes.length <= MOST) return split(whole, axis, sizes)
  const groups = grouped(sizes)
  const totals = groups.map((group) => group.reduce((total, size) => total + size, 0))
  return split(whole, axis, totals).flatMap((part, i) => splitInStages(part, axis, groups[i]))
}

function concatInStages(parts: readonly Tensor[], axis: number): Tensor {
  if (parts.length <= MOST) return concat(parts, axis)
  return concat(
    grouped(parts).map((group) => concatInStages(group, axis)),
    axis,
  )
}

/** At most `MOST` groups of neighbours, of one size but for the last. */
function grouped<T>(parts: readonly T[]): T[][] {
  let size = MOST
  while (size * MOST < parts.length) size *= MOST
  return Array.from({ length: Math.ceil(parts.length / size) }, (_, i) => parts.slice(i * size, (i + 1) * size))
}
