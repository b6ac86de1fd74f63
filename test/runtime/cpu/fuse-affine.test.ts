import { describe, expect, it } from 'vitest'
import { BatchNorm } from '../../../src/nn/index.ts'
import { fuseAffine } from '../../../src/runtime/cpu/fuse-affine.ts'
import { add, multiply, relu, reshape, subtract, tanh } from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { fed, randomFed, type Tensors } from '../../tensor/run-graph.ts'

const inputs = {
  x: randomFed([2, 3, 4, 2], 1),
  other: randomFed([2, 3, 4, 2], 2),
  scale: randomFed([1, 3, 1, 1], 3),
  offset: randomFed([1, 3, 1, 1], 4),
}

const affine = ({ x, scale, offset }: Tensors) => add(multiply(x, scale), offset)
const fuse = (body: (t: Tensors) => Tensors, fedInputs = inputs) => expectUnchanged(fuseAffine, fedInputs, body)

describe('an affine map per channel', () => {
  it('becomes one operator, whatever the order of its operands', async () => {
    const { after } = await fuse(({ x, scale, offset }) => ({
      a: add(multiply(x, scale), offset),
      b: add(offset, multiply(scale, x)),
    }))
    expect(after).toEqual({ FusedConv: 2, Reshape: 4 })
  })

  it('takes an added tensor and a ReLU with it', async () => {
    const { after } = await fuse((t) => ({ y: relu(add(affine(t), t.other)) }))
    expect(after).toEqual({ FusedConv: 1, Reshape: 2 })
    const swapped = await fuse((t) => ({ y: relu(add(t.other, affine(t))) }))
    expect(swapped.after).toEqual({ FusedConv: 1, Reshape: 2 })
  })

  it('takes a ReLU alone with it', async () => {
    const { after } = await fuse((t) => ({ y: relu(affine(t)) }))
    expect(after).toEqual({ FusedConv: 1, Reshape: 2 })
  })

  it('takes its own input as the added tensor', async () => {
    const { after } = await fuse((t) => ({ y: add(affine(t), t.x), again: tanh(t.x) }))
    expect(after).toEqual({ FusedConv: 1, Reshape: 2, Tanh: 1 })
  })

  it('of two affine maps that are added takes one into the other', async () => {
    const { after } = await fuse((t) => ({
      y: add(affine(t), add(multiply(t.other, t.offset), t.scale)),
    }))
    expect(after.FusedConv).toBe(2)
    expect(after.Add).toBeUndefined()
  })

  it('is found in batch normalisation of four axes, in training and in evaluation', async () => {
    for (const training of [true, false]) {
      const layer = new BatchNorm(3)
      const { after } = await expectUnchanged(
        fuseAffine,
        { x: inputs.x, other: inputs.other },
        ({ x, other }) => ({ y: relu(add(layer.forward(x), other)) }),
        { training },
      )
      expect(after.FusedConv).toBe(1)
      expect(after.Relu).toBeUndefined()
    }
  })

  it('keeps NaN and infinities at their place, through a residual and a ReLU too', async () => {
    const special = {
      ...inputs,
      x: fed([1, 3, 2, 1], [Infinity, 1, -Infinity, 2, Number.NaN, 3]),
      other: fed([1, 3, 2, 1], [1, 2, 3, Number.NaN, 5, 6]),
    }
    const { after } = await fuse(
      (t) => ({ plain: affine(t), activated: relu(affine(t)), residual: relu(add(affine(t), t.other)) }),
      special,
    )
    expect(after).toMatchObject({ FusedConv: 3 })
  })
})

describe('what is not such a map', () => {
  it('a product that is used elsewhere', async () => {
    const { after } = await fuse((t) => {
      const product = multiply(t.x, t.scale)
      return { y: add(product, t.offset), product }
    })
    expect(after).toEqual({ Add: 1, Mul: 1 })
  })

  it('a map whose result is used twice keeps the sum and the ReLU apart', async () => {
    const { after } = await fuse((t) => {
      const y = affine(t)
      return { sum: add(y, t.other), y }
    })
    expect(after).toEqual({ Add: 1, FusedConv: 1, Reshape: 2 })
    const activated = await fuse((t) => {
      const y = affine(t)
      return { positive: relu(y), y }
    })
    expect(activated.after).toEqual({ FusedConv: 1, Relu: 1, Reshape: 2 })
    const doubled = await fuse((t) => {
      const y = affine(t)
      return { y: add(y, y) }
    })
    expect(doubled.after).toEqual({ Add: 1, FusedConv: 1, Reshape: 2 })
  })

  it('a sum with a residual that is used twice keeps the ReLU apart', async () => {
    const { after } = await fuse((t) => {
      const y = add(affine(t), t.other)
      return { positive: relu(y), y }
    })
    expect(after).toEqual({ FusedConv: 1, Relu: 1, Reshape: 2 })
  })

  it('a residual that is broadcast', async () => {
    const { after } = await fuse((t) => ({ y: add(affine(t), reshape(t.offset, [3, 1, 1])) }))
    expect(after.Add).toBe(1)
  })

  it('a factor or offset per frame, per joint or of all clips', async () => {
    const fedInputs = {
      ...inputs,
      perFrame: randomFed([1, 1, 4, 1], 5),
      perClip: randomFed([2, 3, 1, 1], 6),
      one: randomFed([1, 1, 1, 1], 7),
    }
    const { after } = await expectUnchanged(fuseAffine, fedInputs, (t) => ({
      a: add(multiply(t.x, t.perFrame), t.offset),
      b: add(multiply(t.x, t.scale), t.perFrame),
      c: add(multiply(t.x, t.perClip), t.offset),
      d: add(multiply(t.x, t.one), t.offset),
      e: subtract(multiply(t.x, t.scale), t.offset),
    }))
    expect(after.FusedConv).toBeUndefined()
  })

  it('a product that is broadcast to the shape of the sum', async () => {
    const { after } = await fuse(({ scale, offset, x }) => ({ y: add(multiply(scale, offset), x) }))
    expect(after.FusedConv).toBeUndefined()
  })

  it('a map over three axes', async () => {
    const fedInputs = { x: randomFed([2, 3, 4], 1), scale: randomFed([1, 3, 1], 3), offset: randomFed([1, 3, 1], 4) }
    const { after } = await expectUnchanged(fuseAffine, fedInputs, (t) => ({ y: affine(t) }))
    expect(after).toEqual({ Add: 1, Mul: 1 })
  })
})
