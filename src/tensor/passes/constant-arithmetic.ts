import { type Attributes, type Shape, sizeOf } from '../tensor.ts'
import { broadcastStrides, type HostTensor, placesOf } from './constant-views.ts'

interface HostFloats extends HostTensor {
  readonly data: Float32Array
}

/** The output of an operator on float32 constants. */
type Arithmetic = (inputs: readonly HostFloats[], attributes: Attributes, shape: Shape) => Float32Array

/** float64 arithmetic, rounded once to float32: for + - * / and the square root that is the correctly rounded result. */
const binary =
  (compute: (a: number, b: number) => number): Arithmetic =>
  ([a, b], _, shape) => {
    const result = new Float32Array(sizeOf(shape))
    const [places, others] = [a, b].map((t) => placesOf(shape, broadcastStrides(t.shape, shape)))
    for (let i = 0; i < result.length; i++) result[i] = compute(a.data[places[i]], b.data[others[i]])
    return result
  }

const unary =
  (compute: (x: number) => number): Arithmetic =>
  ([x]) =>
    x.data.map(compute)

/** Operators on float32 constants. Sums are added up in float64. */
export const CONSTANT_ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: binary((a, b) => a / b),
  Neg: unary((x) => -x),
  Sqrt: unary(Math.sqrt),
  Reciprocal: unary((x) => 1 / x),

  ReduceSum: ([x], _, shape) => {
    const totals = new Float64Array(sizeOf(shape))
    const places = placesOf(x.shape, broadcastStrides(shape, x.shape))
    for (let i = 0; i < places.length; i++) totals[places[i]] += x.data[i]
    return Float32Array.from(totals)
  },

  MatMul: ([a, b], _, shape) => {
    const [rows, inner, columns] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-1)!]
    const batch = shape.slice(0, -2)
    const batchPlaces = (t: HostFloats, size: number) =>
      placesOf(batch, broadcastStrides(t.shape.slice(0, -2), batch)).map((place) => place * size)
    const [left, right] = [batchPlaces(a, rows * inner), batchPlaces(b, inner * columns)]
    const result = new Float32Array(sizeOf(shape))
    const row = new Float64Array(columns)
    let at = 0
    for (let n = 0; n < left.length; n++) {
      for (let i = 0; i < rows; i++) {
        row.fill(0)
        for (let k = 0; k < inner; k++) {
          const factor = a.data[left[n] + i * inner + k]
          const from = right[n] + k * columns
          for (let j = 0; j < columns; j++) row[j] += factor * b.data[from + j]
        }
        result.set(row, at)
        at += columns
      }
    }
    return result
  },
}
