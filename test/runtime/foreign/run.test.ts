import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { runForeignOnnx } from '../../../src/runtime/foreign/run.ts'

/** Models of another program, written by a script with the onnx package. */
const model = (name: string) => fileURLToPath(new URL(`../../tensor/fixtures/onnx/${name}.onnx`, import.meta.url))
const x = { type: 'float32', shape: [1, 4], data: Float32Array.of(1, 2, 3, 4) }

async function failure(run: Promise<unknown>): Promise<OssatureError> {
  const error = await run.then(
    () => expect.fail('the run ended well'),
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(OssatureError)
  return error
}

describe('a model from elsewhere', { timeout: 60_000 }, () => {
  const options = process.env.NODE_OPTIONS
  afterEach(() => {
    if (options === undefined) delete process.env.NODE_OPTIONS
    else process.env.NODE_OPTIONS = options
  })

  it('gives its outputs, however long that may take', async () => {
    // x * [2, -3] + [0.5, 1.5]
    const endless = { seconds: Number.POSITIVE_INFINITY }
    const { y } = await runForeignOnnx(model('many-kinds'), { x }, endless).catch(({ message }) => expect.fail(message))
    expect(y).toMatchObject({ type: 'float32', shape: [2, 2] })
    expect(Array.from(y.data as Float32Array)).toEqual([2.5, -4.5, 6.5, -10.5])
  })

  it('that is missing, no model, or fed wrongly is an error', async () => {
    expect((await failure(runForeignOnnx(model('absent'), {}))).message).toMatch(/nothing at this path/)
    expect((await failure(runForeignOnnx(fileURLToPath(import.meta.url), {}))).message).toMatch(/cannot be run/)
    expect((await failure(runForeignOnnx(model('many-kinds'), {}))).message).toMatch(/cannot be run/)
  })

  it('that does not end is given up', async () => {
    expect((await failure(runForeignOnnx(model('endless'), {}, { seconds: 3 }))).message).toMatch(/too long/)
  })

  it.runIf(process.platform === 'linux')('that fills the memory is given up', async () => {
    const length = { type: 'int64', shape: [1], data: BigInt64Array.of(2n ** 28n) }
    const { message } = await failure(runForeignOnnx(model('bomb'), { length }, { memory: 400 }))
    expect(message).toMatch(/too much memory/)
  })

  it('whose process ends is an error', async () => {
    process.env.NODE_OPTIONS = '--require /does/not/exist.cjs'
    expect((await failure(runForeignOnnx(model('many-kinds'), { x }))).message).toMatch(/exit code 1/)
  })
})
