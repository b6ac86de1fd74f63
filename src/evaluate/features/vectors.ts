/** N vectors of D numbers, row-major (N, D): features of clips, centres of clusters. */
export interface Vectors {
  readonly data: Float32Array | Float64Array
  readonly count: number
  readonly size: number
}

/** Vectors divided by their length, in float64; vectors of length 0 stay. */
export function unitVectors({ data, count, size }: Vectors): Vectors {
  const unit = Float64Array.from(data)
  for (let i = 0; i < count; i++) {
    const row = unit.subarray(i * size, (i + 1) * size)
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
    if (length > 0) for (let k = 0; k < size; k++) row[k] /= length
  }
  return { data: unit, count, size }
}

/** Squared Euclidean distance of vector `i` of a to vector `j` of b. */
export function squaredDistance(
  a: ArrayLike<number>,
  i: number,
  b: ArrayLike<number>,
  j: number,
  size: number,
): number {
  let sum = 0
  for (let k = 0; k < size; k++) {
    const difference = a[i * size + k] - b[j * size + k]
    sum += difference * difference
  }
  return sum
}
