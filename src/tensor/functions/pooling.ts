import { apply } from '../operator.ts'
import type { Shape, Tensor } from '../tensor.ts'
import { subsample } from './layout.ts'

/**
 * Largest value of every window of x (N, C, ...). `padding`: entries in front of every axis, then behind every axis;
 * they never win and are fewer than the window's. Its gradient wants a window with at most one axis longer than 1.
 */
export function maxPool(x: Tensor, kernel: Shape, strides: Shape = kernel, padding?: Shape): Tensor {
  const pads = padding ?? Array<number>(kernel.length * 2).fill(0)
  if (kernel.every((k) => k === 1)) return strides.reduce((t, s, i) => (s > 1 ? subsample(t, i + 2, s) : t), x)
  return apply('MaxPool', [x], { kernel_shape: kernel, strides, pads })
}
