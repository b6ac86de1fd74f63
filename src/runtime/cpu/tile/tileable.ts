import { resolveComposite } from '../../../tensor/composite.ts'
import { type Node, type Shape, sizeOf, type Tensor } from '../../../tensor/index.ts'
import { type Cut, cutOf } from './cut.ts'

/**
 * How a tile takes an input of its operator: its own part of it (`sliced`), all of it (`shared`), or its part of what the
 * input is along the cut axes after broadcasting (`spread`).
 */
export type Role = 'sliced' | 'shared' | 'spread'

const ELEMENTWISE = new Set(
  `Abs Add Clip Div Erf Exp Gelu HardSigmoid LeakyRelu Log Max Min Mul Neg Reciprocal Relu Sigmoid Sqrt Sub Tanh`.split(
    ' ',
  ),
)

/** What is spread is written out; it has to be this much smaller than what it is broadcast to. */
const SPREAD = 8

/** The role of each input when an operator is computed tile by tile; `undefined` where its tiles depend on each other. */
export function rolesIn(node: Node, tiles: number): Role[] | undefined {
  const [output] = node.outputs
  const inputs = node.inputs.map(resolveComposite)
  if (output.dtype !== 'f32' || inputs.some((t) => t.dtype !== 'f32')) return undefined
  const cut = cutOf(output.shape, tiles)
  if (!cut) return undefined
  if (ELEMENTWISE.has(node.operator)) return together(inputs, ({ shape }) => roleOf(shape, output.shape, cut))
  switch (node.operator) {
    case 'MatMul':
    case 'FusedMatMul': {
      const batch = output.shape.slice(0, -2)
      if (cut.axis >= batch.length) return undefined
      const roles = together(inputs, ({ shape }) => roleOf(shape.slice(0, -2), batch, cut))
      return roles?.includes('shared') ? undefined : roles
    }
    case 'Softmax':
      return node.attributes.axis > cut.axis ? ['sliced'] : undefined
    case 'ReduceSum': {
      const given = cutOf(inputs[0].shape, tiles)
      const axes: readonly number[] = node.attributes.axes
      return given?.axis === cut.axis && axes.every((axis) => axis > cut.axis) ? ['sliced'] : undefined
    }
    case 'Reshape':
      return cutOf(inputs[0].shape, tiles) ? ['sliced'] : undefined
    default:
      return undefined
  }
}

function together(inputs: readonly Tensor[], role: (input: Tensor) => Role | undefined): Role[] | undefined {
  const roles: Role[] = []
  for (const input of inputs) {
    const found = role(input)
    if (!found) return undefined
    roles.push(found)
  }
  return roles
}

function roleOf(input: Shape, output: Shape, { axis, parts }: Cut): Role | undefined {
  const shape = aligned(input, output.length)
  // An axis that is not cut is the same in every tile.
  const cutAxes = shape.slice(0, parts > 1 ? axis + 1 : axis)
  if (cutAxes.every((n) => n === 1)) return 'shared'
  if (cutAxes.every((n, i) => n === output[i])) return input.length === output.length ? 'sliced' : undefined
  const written = sizeOf(output.slice(0, axis)) * parts * (sizeOf(shape.slice(axis)) / (shape[axis] === 1 ? 1 : parts))
  return written * SPREAD <= sizeOf(output) ? 'spread' : undefined
}

/** A shape with axes of length 1 in front. */
export function aligned(shape: Shape, rank: number): number[] {
  return [...new Array<number>(Math.max(0, rank - shape.length)).fill(1), ...shape]
}

/** The attributes of an operator for tensors without the axes in front of the cut. */
export function attributesOfTile(node: Node, { axis, tile }: Cut) {
  const { attributes } = node
  switch (node.operator) {
    case 'FusedMatMul':
      return { ...attributes, batch: tile.slice(0, -2) }
    case 'Softmax':
      return { ...attributes, axis: attributes.axis - axis }
    case 'ReduceSum':
      return { ...attributes, axes: attributes.axes.map((a: number) => a - axis) }
    case 'Reshape':
      return { ...attributes, shape: tile }
    default:
      return attributes
  }
}
