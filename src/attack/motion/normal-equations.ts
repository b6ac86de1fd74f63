/** Symmetric, positive definite linear equations of a fixed size, solved by Cholesky's factors. */
export class NormalEquations {
  readonly size: number
  /** (size, size); filled by the caller and left as it is. */
  readonly matrix: Float64Array
  /** The right side; the solution after `solve`. */
  readonly right: Float64Array
  private readonly factor: Float64Array

  constructor(size: number) {
    this.size = size
    this.matrix = new Float64Array(size * size)
    this.right = new Float64Array(size)
    this.factor = new Float64Array(size * size)
  }

  /**
   * Solves in place.
   * @param accept told for column k what the columns before it leave of its squared length; false gives up
   * @returns whether there is a solution
   */
  solve(accept: (k: number, rest: number) => boolean): boolean {
    const { size, matrix, right, factor } = this
    for (let k = 0; k < size; k++) {
      let rest = matrix[k * size + k]
      for (let j = 0; j < k; j++) rest -= factor[k * size + j] * factor[k * size + j]
      if (!(rest > 0 && accept(k, rest))) return false
      const pivot = Math.sqrt(rest)
      factor[k * size + k] = pivot
      for (let i = k + 1; i < size; i++) {
        let entry = matrix[i * size + k]
        for (let j = 0; j < k; j++) entry -= factor[i * size + j] * factor[k * size + j]
        factor[i * size + k] = entry / pivot
      }
      let value = right[k]
      for (let j = 0; j < k; j++) value -= factor[k * size + j] * right[j]
      right[k] = value / pivot
    }
    for (let k = size - 1; k >= 0; k--) {
      let value = right[k]
      for (let i = k + 1; i < size; i++) value -= factor[i * size + k] * right[i]
      right[k] = value / factor[k * size + k]
    }
    return true
  }
}
