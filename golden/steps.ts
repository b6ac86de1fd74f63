import {
  convert,
  elementCount,
  elementwise,
  makeArray,
  type NumberArray,
  type Precision,
  rounderOf,
  roundHalfEven,
  stridesOf,
} from './number-array.ts'

/** One step of a `then` list: an object with one key, `set` together with `where`. */
export type Step = Readonly<Record<string, unknown>>

/** Evaluates an operand of a step: a number, a nested list or another rule. */
export type Operand = (rule: unknown) => NumberArray

/** Applies one step of a `then` list (fixtures' README, section 2). */
export function applyStep(array: NumberArray, step: Step, operand: Operand): NumberArray {
  const name = Object.keys(step).find((key) => key !== 'where')
  const value = name === undefined ? undefined : step[name]
  switch (name) {
    case 'float64':
    case 'float32':
    case 'float16':
      return convert(array, name)
    case 'add':
      return arithmetic(array, operand(value), (x, y) => x + y)
    case 'multiply':
      return arithmetic(array, operand(value), (x, y) => x * y)
    case 'divide':
      return arithmetic(toFloat(array), operand(value), (x, y) => x / y)
    case 'round':
      return roundDecimals(toFloat(array), value as number)
    case 'floor':
      return mapped(array, Math.floor)
    case 'abs':
      return mapped(array, Math.abs)
    case 'above':
      return mapped(array, (x) => (x > (value as number) ? 1 : 0))
    case 'set':
      return setBlock(array, operand(value), (step.where as ([number, number] | null)[]) ?? [])
    case 'unit':
      return unit(toFloat(array), value as number)
    case 'reshape':
      return reshape(array, value as number[])
    case 'transpose':
      return transpose(array, value as number[])
    case 'cumsum':
      return runningSum(array, value as number)
    case 'repeat':
      return repeat(array, ...(value as [number, number]))
    default:
      throw new Error(`unknown step ${JSON.stringify(step)}`)
  }
}

/** The precision in which arithmetic on the array is done. */
function arithmeticPrecision(precision: Precision): Precision {
  return precision === 'given' ? 'float32' : precision
}

function toFloat(array: NumberArray): NumberArray {
  return convert(array, array.precision === 'int64' ? 'float32' : arithmeticPrecision(array.precision))
}

function arithmetic(a: NumberArray, b: NumberArray, operation: (x: number, y: number) => number): NumberArray {
  const staysWhole = a.precision === 'int64' && b.data.every(Number.isInteger)
  return elementwise(a, b, staysWhole ? 'int64' : toFloat(a).precision, operation)
}

function mapped(array: NumberArray, operation: (x: number) => number): NumberArray {
  const from = convert(array, arithmeticPrecision(array.precision))
  return makeArray(Array.from(from.data, operation), from.shape, from.precision)
}

/** Scale, round, scale back, each in the array's precision, as NumPy does. */
function roundDecimals(array: NumberArray, decimals: number): NumberArray {
  const round = rounderOf(array.precision)
  const scale = 10 ** Math.abs(decimals)
  return mapped(array, (x) =>
    decimals >= 0 ? roundHalfEven(round(x * scale)) / scale : roundHalfEven(round(x / scale)) * scale,
  )
}

function setBlock(array: NumberArray, value: NumberArray, where: readonly ([number, number] | null)[]): NumberArray {
  const ranges = array.shape.map((size, axis) => where[axis] ?? [0, size])
  const blockShape = ranges.map(([from, to]) => to - from)
  const zeros = makeArray(new Float64Array(elementCount(blockShape)), blockShape, 'float64')
  const block = elementwise(zeros, value, 'float64', (_, y) => y)
  const strides = stridesOf(array.shape)
  const blockStrides = stridesOf(blockShape)
  const data = Float64Array.from(array.data)
  for (let i = 0; i < block.data.length; i++) {
    let at = 0
    for (let axis = 0; axis < strides.length; axis++)
      at += (ranges[axis][0] + (Math.floor(i / blockStrides[axis]) % blockShape[axis])) * strides[axis]
    data[at] = block.data[i]
  }
  return makeArray(data, array.shape, array.precision)
}

/** Walks every line along one axis: its first element, the distance between neighbours and its length. */
function alongAxis(shape: readonly number[], axis: number, visit: (start: number, stride: number) => void): void {
  const strides = stridesOf(shape)
  const lines = elementCount(shape) / shape[axis]
  const stride = strides[axis]
  for (let line = 0; line < lines; line++)
    visit(Math.floor(line / stride) * stride * shape[axis] + (line % stride), stride)
}

function axisOf(array: NumberArray, axis: number): number {
  return axis < 0 ? axis + array.shape.length : axis
}

function unit(array: NumberArray, axis: number): NumberArray {
  const at = axisOf(array, axis)
  const length = array.shape[at]
  const round = rounderOf(array.precision)
  const data = Float64Array.from(array.data)
  alongAxis(array.shape, at, (start, stride) => {
    let squares = 0
    for (let i = 0; i < length; i++) squares += data[start + i * stride] ** 2
    const norm = round(Math.sqrt(squares))
    for (let i = 0; i < length; i++) data[start + i * stride] /= norm
  })
  return makeArray(data, array.shape, array.precision)
}

function runningSum(array: NumberArray, axis: number): NumberArray {
  const precision = arithmeticPrecision(array.precision)
  const from = convert(array, precision)
  const at = axisOf(from, axis)
  const round = rounderOf(precision)
  const data = Float64Array.from(from.data)
  alongAxis(from.shape, at, (start, stride) => {
    for (let i = 1; i < from.shape[at]; i++)
      data[start + i * stride] = round(data[start + (i - 1) * stride] + data[start + i * stride])
  })
  return makeArray(data, from.shape, precision)
}

function reshape(array: NumberArray, shape: readonly number[]): NumberArray {
  const known = shape.filter((size) => size >= 0)
  const resolved = shape.map((size) => (size < 0 ? array.data.length / elementCount(known) : size))
  if (elementCount(resolved) !== array.data.length) throw new Error(`cannot reshape [${array.shape}] to [${shape}]`)
  return { ...array, shape: resolved }
}

function transpose(array: NumberArray, order: readonly number[]): NumberArray {
  const axes = order.map((axis) => axisOf(array, axis))
  const shape = axes.map((axis) => array.shape[axis])
  const strides = axes.map((axis) => stridesOf(array.shape)[axis])
  return gather(array, shape, (index) => index.reduce((at, i, axis) => at + i * strides[axis], 0))
}

function repeat(array: NumberArray, axis: number, length: number): NumberArray {
  const at = axisOf(array, axis)
  const strides = stridesOf(array.shape)
  const shape = array.shape.map((size, i) => (i === at ? length : size))
  return gather(array, shape, (index) =>
    index.reduce((sum, i, own) => sum + (own === at ? i % array.shape[at] : i) * strides[own], 0),
  )
}

function gather(array: NumberArray, shape: number[], from: (index: readonly number[]) => number): NumberArray {
  const strides = stridesOf(shape)
  const data = Array.from({ length: elementCount(shape) }, (_, i) => {
    const index = shape.map((size, axis) => Math.floor(i / strides[axis]) % size)
    return array.data[from(index)]
  })
  return makeArray(data, shape, array.precision)
}
