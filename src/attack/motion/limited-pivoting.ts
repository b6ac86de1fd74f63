/** Below this share of its first length, what is left of a column counts as nothing. */
const NEGLIGIBLE = 1e-7

/**
 * Least squares by Householder reflections with limited pivoting (LINPACK's DQRDC2, which R's `lm.fit` calls): a column
 * that the ones before it explain is left out, the others keep their order.
 * @param columns as many numbers each as `target`; they and `target` are overwritten
 * @returns a coefficient per column; NaN for a column that is left out
 */
export function leastSquares(columns: readonly Float64Array[], target: Float64Array): Float64Array {
  const rows = target.length
  const order = columns.map((_, j) => j)
  const first = columns.map((column) => lengthFrom(column, 0) || 1)
  const left = columns.map((column) => lengthFrom(column, 0))
  let rank = columns.length
  const diagonal = new Float64Array(columns.length)
  for (let l = 0; l < Math.min(rows, rank); l++) {
    while (l < rank && left[order[l]] < first[order[l]] * NEGLIGIBLE) {
      order.push(...order.splice(l, 1))
      rank--
    }
    if (l >= rank) break
    const pivot = columns[order[l]]
    // The reflection of the last row is the identity.
    if (l === rows - 1) {
      diagonal[l] = pivot[l]
      continue
    }
    const length = lengthFrom(pivot, l)
    diagonal[l] = pivot[l] < 0 ? length : -length
    const scale = pivot[l] < 0 ? -length : length
    for (let i = l; i < rows; i++) pivot[i] /= scale
    pivot[l] += 1
    for (let k = l + 1; k < order.length; k++) {
      const column = columns[order[k]]
      reflect(column, pivot, l)
      left[order[k]] = remaining(column, l, left[order[k]])
    }
    reflect(target, pivot, l)
  }
  rank = Math.min(rank, rows)
  const coefficients = new Float64Array(columns.length).fill(Number.NaN)
  for (let l = rank - 1; l >= 0; l--) {
    let rest = target[l]
    for (let k = l + 1; k < rank; k++) rest -= columns[order[k]][l] * coefficients[order[k]]
    coefficients[order[l]] = rest / diagonal[l]
  }
  return coefficients
}

function lengthFrom(column: Float64Array, from: number): number {
  let squares = 0
  for (let i = from; i < column.length; i++) squares += column[i] * column[i]
  return Math.sqrt(squares)
}

/** Applies the Householder reflection whose vector stands in `pivot` from row `l` on. */
function reflect(column: Float64Array, pivot: Float64Array, l: number): void {
  let product = 0
  for (let i = l; i < column.length; i++) product += pivot[i] * column[i]
  const factor = product / pivot[l]
  for (let i = l; i < column.length; i++) column[i] -= factor * pivot[i]
}

/** The length of a column below row `l`, from its length with that row where that is accurate. */
function remaining(column: Float64Array, l: number, length: number): number {
  if (length === 0) return 0
  const share = Math.max(0, 1 - (column[l] / length) ** 2)
  return share < 1e-6 ? lengthFrom(column, l + 1) : length * Math.sqrt(share)
}
