import type { Values } from './adapter.ts'

/**
 * The precision that later arithmetic rounds to. `given` marks numbers that stand in a file as they are: kept as doubles,
 * rounded to float32 by the first arithmetic unless it follows a `float64` step.
 */
export type Precision = 'given' | 'int64' | 'float16' | 'float32' | 'float64'

export interface NumberArray extends Values {
  readonly data: Float32Array | Float64Array
  readonly shape: readonly number[]
  readonly precision: Precision
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Row-major strides of a shape. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= shape[axis]
  }
  return strides
}

/** Rounds a double to the nearest float16, halves to even. */
export function roundToFloat16(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x
  const magnitude = Math.abs(x)
  if (magnitude >= 65520) return x < 0 ? -Infinity : Infinity
  let exponent = Math.floor(Math.log2(magnitude))
  if (2 ** exponent > magnitude) exponent-- // log2 rounds up just below a power of two
  exponent = Math.max(exponent, -14)
  const unit = 2 ** (exponent - 10)
  return roundHalfEven(x / unit) * unit
}

/** Rounds to the nearest integer, halves to even. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest < 0.5) return floor
  if (rest > 0.5) return floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

/** The rounding that one arithmetic operation of that precision ends with. */
export function rounderOf(precision: Precision): (x: number) => number {
  if (precision === 'float16') return roundToFloat16
  if (precision === 'float32') return Math.fround
  return (x) => x
}

export function makeArray(data: Iterable<number>, shape: readonly number[], precision: Precision): NumberArray {
  const round = rounderOf(precision)
  const isFloat32 = precision === 'float32' || precision === 'float16'
  const rounded = isFloat32 ? Float32Array.from(data, round) : Float64Array.from(data)
  return { data: rounded, shape: [...shape], precision }
}

export function convert(array: NumberArray, precision: Precision): NumberArray {
  return array.precision === precision ? array : makeArray(array.data, array.shape, precision)
}

/** The precision of a result of two operands: the wider one, float32 for numbers as given. */
export function commonPrecision(a: Precision, b: Precision): Precision {
  const order: Precision[] = ['int64', 'float16', 'float32', 'float64']
  const rank = (p: Precision) => order.indexOf(p === 'given' ? 'float32' : p)
  return order[Math.max(rank(a), rank(b))]
}

/** Elementwise result of two arrays, broadcasting like NumPy, rounded to the given precision. */
export function elementwise(
  a: NumberArray,
  b: NumberArray,
  precision: Precision,
  operation: (x: number, y: number) => number,
): NumberArray {
  const x = convert(a, precision)
  const y = convert(b, precision)
  const shape = broadcastShape(x.shape, y.shape)
  const xStrides = broadcastStrides(x.shape, shape)
  const yStrides = broadcastStrides(y.shape, shape)
  const count = elementCount(shape)
  const result = new Float64Array(count)
  const index = new Array<number>(shape.length).fill(0)
  let xAt = 0
  let yAt = 0
  for (let i = 0; i < count; i++) {
    result[i] = operation(x.data[xAt], y.data[yAt])
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      xAt += xStrides[axis]
      yAt += yStrides[axis]
      if (++index[axis] < shape[axis]) break
      xAt -= xStrides[axis] * shape[axis]
      yAt -= yStrides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return makeArray(result, shape, precision)
}

function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1
    const y = b[axis - rank + b.length] ?? 1
    if (x !== y && x !== 1 && y !== 1) throw new Error(`shapes [${a}] and [${b}] do not broadcast`)
    return x === 1 ? y : x
  })
}

function broadcastStrides(from: readonly number[], to: readonly number[]): number[] {
  const strides = stridesOf(from)
  return to.map((_, axis) => {
    const own = axis - to.length + from.length
    return own < 0 || from[own] === 1 ? 0 : strides[own]
  })
}
