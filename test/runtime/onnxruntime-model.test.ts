import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { exportOnnx, f32, multiply, trace } from '../../src/tensor/index.ts'

const double = exportOnnx(trace({ x: f32(2) }, ({ x }) => ({ y: multiply(x, 2) })))

describe('an ONNX model on a device', () => {
  it('gives its outputs by their names, until it is released', async () => {
    const model = await new CpuDevice({ threads: 1 }).load(double)
    expect(await model.run({ x: Float32Array.of(1, -3) })).toEqual({ y: Float32Array.of(2, -6) })
    await model.release()
    await expect(model.run({ x: Float32Array.of(1, -3) })).rejects.toThrow(/released/)
  })

  it('says which input is missing or of the wrong kind', async () => {
    const model = await new CpuDevice({ threads: 1 }).load(double)
    await expect(model.run({})).rejects.toThrow(/not given its input x/)
    await expect(model.run({ x: Int32Array.of(1, 2) })).rejects.toThrow(/x: [\s\S]*f32\[2\][\s\S]*Int32Array/)
    await model.release()
  })

  it('whose inputs have no fixed shape cannot be fed', async () => {
    const file = readFileSync(new URL('../tensor/fixtures/onnx/many-kinds.onnx', import.meta.url))
    const model = await new CpuDevice({ threads: 1 }).load(file)
    await expect(model.run({ x: new Float32Array(4) })).rejects.toThrow(/^x: [\s\S]*fixed shape[\s\S]*\[batch, 4\]/)
    await model.release()
  })

  it('that is none is refused', async () => {
    await expect(new CpuDevice().load(Uint8Array.of(1, 2, 3))).rejects.toThrow(
      /^cpu: the device cannot take this graph/,
    )
  })
})
