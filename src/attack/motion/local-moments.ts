/** Factor of the triweight kernel 1.09375 (1 - u^2)^3, |u| <= 1, and the coefficients of u^0, u^2, u^4 and u^6. */
const TRIWEIGHT = 1.09375
const [C0, C2, C4, C6] = [1, -3, 3, -1].map((coefficient) => coefficient * TRIWEIGHT)
/** Sums of the powers 0 to 8 of the distance give the moments 0 to 2 under a kernel of degree 6. */
const POWERS = 9

/** Weights at distances of 0, 1, ... rows, up to the last one that has weight. @param bandwidth in units of all rows */
export function triweightKernel(rows: number, bandwidth: number): Float64Array {
  const weight: number[] = []
  for (let k = 0; k < rows; k++) {
    const u = k / rows / bandwidth
    const value = u <= 1 ? TRIWEIGHT * (1 - u * u) ** 3 : 0
    if (value === 0) break
    weight.push(value)
  }
  return Float64Array.from(weight)
}

/**
 * Weighted sums around every row of products of columns: of order 0, 1 and 2 in the distance from the row, in units of
 * all rows. They are what the normal equations of local linear regressions consist of.
 */
export class LocalMoments {
  /** The sums of every product, row by row: order 0, 1, 2. */
  readonly sums: readonly Float64Array[]
  private readonly products: readonly Float64Array[]
  private readonly rows: number
  /** Sums of powers of the distance without weights, for kernels that reach all rows. */
  private powerSums?: readonly Float64Array[]

  constructor(products: readonly Float64Array[]) {
    this.products = products
    this.rows = products[0].length
    this.sums = products.map(() => new Float64Array(3 * this.rows))
  }

  /** Computes the sums under a kernel, with or without the row itself. */
  compute(bandwidth: number, withOwn: boolean): void {
    const weight = triweightKernel(this.rows, bandwidth)
    const wide = weight.length === this.rows
    if (wide) this.powerSums ??= this.products.map(powersAround)
    this.products.forEach((product, i) => {
      if (wide) combinePowers(this.powerSums![i], bandwidth, this.sums[i])
      else sumAround(product, weight, this.sums[i])
      if (withOwn) for (let t = 0; t < this.rows; t++) this.sums[i][3 * t] += weight[0] * product[t]
    })
  }
}

function sumAround(product: Float64Array, weight: Float64Array, sums: Float64Array): void {
  const rows = product.length
  const first = weight.map((w, k) => (w * k) / rows)
  const second = first.map((w, k) => (w * k) / rows)
  const reach = weight.length - 1
  for (let t = 0; t < rows; t++) {
    let s0 = 0
    let s1 = 0
    let s2 = 0
    const after = Math.min(reach, rows - 1 - t)
    const before = Math.min(reach, t)
    const both = Math.min(before, after)
    for (let k = 1; k <= both; k++) {
      const left = product[t - k]
      const right = product[t + k]
      s0 += weight[k] * (left + right)
      s1 += first[k] * (right - left)
      s2 += second[k] * (left + right)
    }
    for (let k = both + 1; k <= after; k++) {
      s0 += weight[k] * product[t + k]
      s1 += first[k] * product[t + k]
      s2 += second[k] * product[t + k]
    }
    for (let k = both + 1; k <= before; k++) {
      s0 += weight[k] * product[t - k]
      s1 -= first[k] * product[t - k]
      s2 += second[k] * product[t - k]
    }
    sums[3 * t] = s0
    sums[3 * t + 1] = s1
    sums[3 * t + 2] = s2
  }
}

/** By row: the sums over all other rows of the product times powers 0 to 8 of the distance. */
function powersAround(product: Float64Array): Float64Array {
  const rows = product.length
  const sums = new Float64Array(POWERS * rows)
  for (let t = 0; t < rows; t++) {
    for (let j = 0; j < rows; j++) {
      if (j === t) continue
      const distance = (j - t) / rows
      let value = product[j]
      for (let power = 0; power < POWERS; power++) {
        sums[POWERS * t + power] += value
        value *= distance
      }
    }
  }
  return sums
}

function combinePowers(powers: Float64Array, bandwidth: number, sums: Float64Array): void {
  const inverse = 1 / bandwidth ** 2
  for (let t = 0; t < sums.length / 3; t++) {
    for (let order = 0; order < 3; order++) {
      const at = POWERS * t + order
      const high = C4 * powers[at + 4] + inverse * C6 * powers[at + 6]
      sums[3 * t + order] = C0 * powers[at] + inverse * (C2 * powers[at + 2] + inverse * high)
    }
  }
}
