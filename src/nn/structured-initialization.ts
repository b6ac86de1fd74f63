import { OssatureError } from '../errors.ts'
import type { Shape } from '../tensor/index.ts'
import type { Initializer } from './initialization.ts'

/** The identity matrix; rows or columns beyond the square are zero. */
export const eye: Initializer = (values, shape) => {
  const [, columns] = requireAxes('eye', shape, 2, 2)
  values.fill(0)
  for (let i = 0; i < Math.min(...shape); i++) values[i * columns + i] = 1
}

/**
 * A convolution (O, C / groups, ...) that passes its first channels on: within every group, output o takes the centre
 * of input o, and outputs beyond the inputs are zero.
 */
export function dirac(groups = 1): Initializer {
  return (values, shape) => {
    requireAxes('dirac', shape, 3, 5)
    const [outputs, inputs, ...kernel] = shape
    if (outputs % groups !== 0) {
      throw new OssatureError('the groups of a convolution do not divide its outputs', {
        expected: `a divisor of ${outputs}`,
        found: `${groups} groups`,
      })
    }
    const field = kernel.reduce((product, k) => product * k, 1)
    const centre = kernel.reduce((offset, k) => offset * k + Math.floor(k / 2), 0)
    const perGroup = outputs / groups
    values.fill(0)
    for (let output = 0; output < outputs; output++) {
      const input = output % perGroup
      if (input < inputs) values[(output * inputs + input) * field + centre] = 1
    }
  }
}

/**
 * A random matrix (first axis, all others) with orthonormal rows, or columns where there are fewer of them, times `gain`
 * (Saxe et al. 2013). Uniformly distributed: columns of normal values, orthogonalised one after the other.
 */
export function orthogonal(gain = 1): Initializer {
  return (values, shape, random) => {
    requireAxes('orthogonal', shape, 2)
    const rows = shape[0]
    const columns = values.length / rows
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows]
    const basis: Float64Array[] = []
    while (basis.length < count) {
      const direction = Float64Array.from({ length }, () => random.normal())
      const size = norm(direction)
      // The second pass removes what rounding left of the first.
      for (let pass = 0; pass < 2; pass++) for (const known of basis) removeComponent(direction, known)
      const rest = norm(direction)
      // A draw within rounding of the span of the others has no direction of its own.
      if (rest < 1e-8 * size) continue
      basis.push(direction.map((value) => value / rest))
    }
    basis.forEach((vector, i) => {
      vector.forEach((value, j) => {
        values[rows < columns ? i * columns + j : j * columns + i] = gain * value
      })
    })
  }
}

/**
 * A normal matrix, in every column of which the share `sparsity` of the entries, rounded up, is zero
 * (Martens 2010).
 */
export function sparse(sparsity: number, deviation = 0.01): Initializer {
  return (values, shape, random) => {
    const [rows, columns] = requireAxes('sparse', shape, 2, 2)
    for (let i = 0; i < values.length; i++) values[i] = random.normal(0, deviation)
    for (let column = 0; column < columns; column++) {
      for (const row of random.sampleBelow(rows, Math.ceil(sparsity * rows))) values[row * columns + column] = 0
    }
  }
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector))
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + value * b[i], 0)
}

function removeComponent(vector: Float64Array, unit: Float64Array): void {
  const size = dot(vector, unit)
  for (let i = 0; i < vector.length; i++) vector[i] -= size * unit[i]
}

function requireAxes(name: string, shape: Shape, fewest: number, most = Number.POSITIVE_INFINITY): Shape {
  if (shape.length >= fewest && shape.length <= most) return shape
  throw new OssatureError(`the initialisation ${name} does not fit this parameter`, {
    expected:
      fewest === most ? `${fewest} axes` : `${fewest} or more axes${most < Infinity ? `, at most ${most}` : ''}`,
    found: `[${shape.join(', ')}]`,
  })
}
