import type { Attributes } from '../../../src/tensor/tensor.ts'
import { entry, indices, type Reference, type Values } from './values.ts'

/** The entries of x that a window at an index covers, with the window's own index; what is outside x is left out. */
function* covered(x: Values, position: readonly number[], { kernel_shape, strides, pads, dilations }: Attributes) {
  const lengths = x.shape.slice(2)
  for (const tap of indices(kernel_shape)) {
    const at = tap.map((t, i) => position[i] * strides[i] + t * (dilations?.[i] ?? 1) - pads[i])
    if (at.every((p, i) => p >= 0 && p < lengths[i])) yield { at, tap }
  }
}

export const WINDOWS: Readonly<Record<string, Reference>> = {
  Conv: ([x, weight, bias], attributes, [{ shape }]) => [
    indices(shape).map(([n, o, ...position]) => {
      const channels = weight.shape[1]
      const first = Math.floor(o / (weight.shape[0] / attributes.group)) * channels
      let total = bias ? bias.data[o] : 0
      for (const { at, tap } of covered(x, position, attributes)) {
        for (let c = 0; c < channels; c++) total += entry(x, [n, first + c, ...at]) * entry(weight, [o, c, ...tap])
      }
      return total
    }),
  ],

  MaxPool: ([x], attributes, [{ shape }]) => [
    indices(shape).map(([n, c, ...position]) => {
      let largest = Number.NEGATIVE_INFINITY
      for (const { at } of covered(x, position, attributes)) largest = Math.max(largest, entry(x, [n, c, ...at]))
      return largest
    }),
  ],
}
