import { defineOperator, type InputGradients } from './operator.ts'
import { Node, type Tensor } from './tensor.ts'

/** Gradient of a composite: one entry per input, from one gradient per output. */
export type CompositeGradient = (
  gradients: readonly (Tensor | undefined)[],
  needs: (input: number) => boolean,
) => InputGradients

defineOperator('Composite', {
  infer: (_, { body }) => body.map((t: Tensor) => ({ dtype: t.dtype, shape: t.shape })),
  gradient: ({ attributes: { gradient }, needs }, gradients) => gradient(gradients, needs),
})

/**
 * The tensors of `body`, differentiated by `gradient` instead of by the rules of the operators they are made of:
 * for a layer whose gradient has a cheaper closed form.
 */
export function composite(
  inputs: readonly Tensor[],
  body: readonly Tensor[],
  gradient: CompositeGradient,
): readonly Tensor[] {
  const types = body.map((t) => ({ dtype: t.dtype, shape: t.shape }))
  return new Node('Composite', inputs, { body, gradient }, types).outputs
}

/** The tensor that a composite's output stands for; any other tensor itself. */
export function resolveComposite(tensor: Tensor): Tensor {
  let t = tensor
  while (t.node.operator === 'Composite') t = t.node.attributes.body[t.index]
  return t
}
