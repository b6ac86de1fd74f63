import { type Shape, shapeError, type Tensor } from '../tensor.ts'

export interface WindowOptions {
  /** Per spatial axis. */
  readonly strides?: Shape
  /** Entries in front of every spatial axis, then entries behind every spatial axis. */
  readonly padding?: Shape
  readonly dilations?: Shape
}

/** A window that slides over the spatial axes of (N, C, ...), as ONNX names its attributes. */
export interface Window {
  readonly kernel_shape: Shape
  readonly strides: Shape
  readonly pads: Shape
  readonly dilations: Shape
}

/** A window with everything that the options leave out; throws a shape error that names the operator. */
export function slidingWindow(
  operator: string,
  inputs: readonly Tensor[],
  kernel: Shape,
  options: WindowOptions = {},
): Window {
  const axes = kernel.length
  const ones = Array<number>(axes).fill(1)
  const { strides = ones, padding = Array<number>(axes * 2).fill(0), dilations = ones } = options
  requireNumbers('window', kernel, axes, 1)
  requireNumbers('strides', strides, axes, 1)
  requireNumbers('dilations', dilations, axes, 1)
  requireNumbers('padding', padding, axes * 2, 0)
  return { kernel_shape: kernel, strides, pads: padding, dilations }

  function requireNumbers(name: string, values: Shape, count: number, least: number): void {
    if (values.length === count && values.every((n) => Number.isInteger(n) && n >= least)) return
    const expected = `${name} of ${count} whole numbers, ${least} or more, for ${axes} spatial axes`
    throw shapeError(operator, inputs, `${expected}, not [${values}]`)
  }
}

/** Entries from the first to the last that a window covers along a spatial axis. */
export function reachOf({ kernel_shape, dilations }: Window, axis: number): number {
  return dilations[axis] * (kernel_shape[axis] - 1) + 1
}

/** How many windows fit along a spatial axis of that length; below 1 where none does. */
export function windowCount(window: Window, axis: number, length: number): number {
  const { strides, pads, kernel_shape } = window
  const padded = length + pads[axis] + pads[axis + kernel_shape.length]
  return Math.floor((padded - reachOf(window, axis)) / strides[axis]) + 1
}

/**
 * The same window with as much padding behind each axis as ceil mode needs: windows may go beyond the end, but each
 * starts within the input or the padding in front of it.
 */
export function ceilWindow(window: Window, lengths: Shape): Window {
  const { kernel_shape: kernel, strides, pads } = window
  const axes = kernel.length
  const behind = kernel.map((_, i) => {
    const reach = reachOf(window, i)
    const inFront = lengths[i] + pads[i]
    const starts = Math.ceil((inFront + pads[i + axes] - reach) / strides[i]) + 1
    const count = (starts - 1) * strides[i] >= inFront ? starts - 1 : starts
    return Math.max(pads[i + axes], (count - 1) * strides[i] + reach - inFront)
  })
  return { ...window, pads: [...pads.slice(0, axes), ...behind] }
}

/** What padding holds where the largest value of a window is wanted. */
export const LOWEST = -3.4e38
