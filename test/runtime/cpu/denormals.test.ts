import { expect, it } from 'vitest'
import { createDevice } from '../../../src/runtime/node.ts'
import { f32, multiply, trace } from '../../../src/tensor/index.ts'

// In the float32 of IEEE 754 the product would be 1e-40.
it.each([1, 2])('denormal numbers count as zero, with %d threads', async (threads) => {
  const device = await createDevice('cpu', { threads })
  const step = await device.compile(
    trace({ x: f32(4096) }, ({ x }) => ({ isZero: multiply(multiply(x, 1e-10), 1e30) })),
  )
  const { isZero } = await step.run({ x: new Float32Array(4096).fill(1e-30) })
  expect(new Set(isZero)).toEqual(new Set([0]))
  await step.release()
})
