import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ossature } from './run-cli.ts'

const fixture = fileURLToPath(new URL('../tensor/fixtures/onnx/many-kinds.onnx', import.meta.url))

describe('ossature inspect', () => {
  it('shows what a model takes, gives and consists of', async () => {
    const { code, stdout, stderr } = await ossature('inspect', fixture)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('ONNX, format 9, operators standard 17, by a script 1.2\n')
    expect(stdout).toContain('input   x: float[batch, 4]\noutput  y: float[rows, 2]\noutput  list: sequence\n')
    expect(stdout).toContain('10 nodes: 5 Constant, 1 Add, 1 If, 1 Mul, 1 Reshape, 1 SequenceConstruct\n')
    expect(stdout).toContain('5 initializers with 10 values\nmetadata author: nobody\n')
  })

  it('gives the same as JSON', async () => {
    const { stdout } = await ossature('inspect', fixture, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ nodes: 10, operators: { Constant: 5 }, initializers: 5, values: 10 })
  })

  it('says what is wrong with a file', async () => {
    const { code, stderr } = await ossature('inspect', fileURLToPath(import.meta.url))
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /inspect\.test\.ts, byte 0: this is not an ONNX model|inspect\.test\.ts, byte \d+: this is not/,
    )
  })
})
