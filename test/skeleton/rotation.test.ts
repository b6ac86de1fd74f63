import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  angleBetween,
  cross,
  dot,
  type Matrix,
  multiply,
  rotation2d,
  rotationAboutAxis,
  rotationXYZ,
  rotationY,
  type Vector,
} from '../../src/skeleton/rotation.ts'

const apply = (matrix: Matrix, [x, y, z]: Vector) => matrix.map((row) => row[0] * x + row[1] * y + row[2] * z)
const coordinate = fc.double({ min: -2, max: 2, noNaN: true })
const vector = fc.tuple(coordinate, coordinate, coordinate).filter((v) => dot(v, v) > 0.01)

describe('rotationAboutAxis', () => {
  it('turns a vector onto another about their cross product', () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        fc.pre(dot(cross(a, b), cross(a, b)) > 1e-4)
        const turned = apply(rotationAboutAxis(cross(a, b), angleBetween(a, b)), a)
        const ratio = Math.sqrt(dot(a, a) / dot(b, b))
        turned.forEach((value, axis) => {
          expect(Math.abs(value - b[axis] * ratio)).toBeLessThan(1e-9)
        })
      }),
    )
  })

  it('is the identity next to 0', () => {
    const identity = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]
    expect(rotationAboutAxis([0, 0, 5e-7], 1)).toEqual(identity)
    expect(rotationAboutAxis([0, 0, 1], 5e-7)).toEqual(identity)
  })

  it('measures no angle to a zero vector', () => {
    expect(angleBetween([0, 0, 0], [0, 0, 1])).toBe(0)
    expect(angleBetween([0, 0, -3], [0, 0, 1])).toBe(Math.PI)
  })
})

describe('rotationXYZ', () => {
  it('keeps lengths and angles', () => {
    fc.assert(
      fc.property(vector, vector, vector, (angles, a, b) => {
        const R = rotationXYZ(angles)
        const [ra, rb] = [apply(R, a), apply(R, b)] as unknown as [Vector, Vector]
        expect(Math.abs(dot(ra, rb) - dot(a, b))).toBeLessThan(1e-9)
      }),
    )
  })

  it('applies x first and z last', () => {
    const quarter = Math.PI / 2
    const turned = apply(rotationXYZ([quarter, 0, quarter]), [0, 0, 1])
    // Rx takes (0, 0, 1) to (0, 1, 0), Rz then to (1, 0, 0).
    expect(turned.map((value) => Math.round(value) + 0)).toEqual([1, 0, 0])
  })

  it('turns about y so that x goes to +z', () => {
    expect(apply(rotationY(Math.PI / 2), [1, 0, 0])[2]).toBe(1)
  })

  it('composes plane rotations by adding angles', () => {
    const product = multiply(rotation2d(0.3), rotation2d(0.4))
    product.flat().forEach((value, i) => {
      expect(value).toBeCloseTo(rotation2d(0.7).flat()[i], 14)
    })
  })
})
