import { describe, expect, it } from 'vitest'
import { hideShapes } from '../../../src/runtime/cpu/hide-shapes.ts'
import { multiply, reshape, slice, type Tensor, tanh } from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { randomFed } from '../../tensor/run-graph.ts'

describe('the shape of a large tensor', () => {
  const pass = (roots: readonly Tensor[]) => hideShapes(roots, 0.2)

  it('is read when the runtime gets there', async () => {
    const { after } = await expectUnchanged(pass, { x: randomFed([4, 6]) }, ({ x }) => ({
      y: tanh(reshape(multiply(x, 2), [3, 8])),
      z: tanh(reshape(multiply(x, 3), [2, 12])),
    }))
    expect(after).toMatchObject({ Reshape: 2, Split: 1 })
  })

  it('stands once for all tensors that have it', async () => {
    const { after } = await expectUnchanged(pass, { x: randomFed([4, 6]) }, ({ x }) => ({
      y: tanh(reshape(multiply(x, 2), [24])),
      z: tanh(reshape(multiply(x, 3), [24])),
    }))
    expect(after).toMatchObject({ Reshape: 2, Split: 1 })
  })
})

describe('what stays as it is', () => {
  it('the shape of a small tensor', async () => {
    const { after } = await expectUnchanged(
      (roots) => hideShapes(roots, 0.2),
      { x: randomFed([40, 60]) },
      ({ x }) => ({
        y: tanh(multiply(x, 2)),
        small: reshape(slice(x, 0, 0, 1), [6, 10]),
      }),
    )
    expect(after.Split).toBeUndefined()
  })

  it('the shapes of numbers without axes and of tensors without elements', async () => {
    const { after } = await expectUnchanged(
      (roots) => hideShapes(roots, 0),
      { x: randomFed([1]), none: randomFed([0, 3]) },
      ({ x, none }) => ({ number: reshape(x, []), nothing: reshape(none, [3, 0]) }),
    )
    expect(after).toEqual({ Reshape: 2 })
  })
})
