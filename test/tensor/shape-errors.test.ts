import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { Conv2d, Linear, Module, nameParts } from '../../src/nn/index.ts'
import {
  add,
  assign,
  concat,
  convolution,
  exp,
  expand,
  f32,
  gather,
  gradients,
  i32,
  inScope,
  linear,
  matmul,
  maxPool,
  reshape,
  scatterAdd,
  slice,
  split,
  squeeze,
  sum,
  type Tensor,
  type TensorType,
  trace,
  transpose,
  Variable,
} from '../../src/tensor/index.ts'

/** The message of the error that tracing throws. */
function messageOf(types: readonly TensorType[], body: (...tensors: Tensor[]) => Tensor): string {
  const inputs = Object.fromEntries(types.map((type, i) => [`input ${i}`, type]))
  try {
    trace(inputs, (tensors) => ({ y: inScope('backbone.gcn.3', () => body(...Object.values(tensors))) }))
  } catch (error) {
    expect(error).toBeInstanceOf(OssatureError)
    return (error as Error).message
  }
  return expect.fail('tracing should have failed')
}

describe('a shape error names the module path, the operator and the shapes', () => {
  const cases: [string, TensorType[], (...t: Tensor[]) => Tensor, string[]][] = [
    ['Add', [f32(2, 3), f32(3, 2)], add, ['f32[2, 3]', 'f32[3, 2]']],
    ['Add', [f32(2), i32(2)], add, ['f32[2]', 'i32[2]']],
    ['MatMul', [f32(2, 3), f32(4, 5)], matmul, ['f32[2, 3]', 'f32[4, 5]']],
    ['MatMul', [f32(2, 2, 3), f32(3, 3, 4)], matmul, ['f32[2, 2, 3]', 'f32[3, 3, 4]']],
    ['MatMul', [f32(3), f32(3, 4)], matmul, ['f32[3]', 'f32[3, 4]']],
    ['Linear', [f32(2, 3), f32(4, 5)], linear, ['f32[2, 3]', 'f32[4, 5]']],
    ['Conv', [f32(2, 3, 5, 4), f32(6, 2, 3, 1)], (x, w) => convolution(x, w), ['f32[2, 3, 5, 4]', 'f32[6, 2, 3, 1]']],
    ['Conv', [f32(2, 3, 5), f32(6, 3, 3, 1)], (x, w) => convolution(x, w), ['f32[2, 3, 5]', 'f32[6, 3, 3, 1]']],
    [
      'Conv',
      [f32(1, 2, 4, 1), f32(2, 2, 5, 1)],
      (x, w) => convolution(x, w),
      ['f32[1, 2, 4, 1]', 'f32[2, 2, 5, 1]', 'kernel'],
    ],
    [
      'Conv',
      [f32(1, 2, 4, 1), f32(2, 2, 3, 1), f32(3)],
      (x, w, b) => convolution(x, w, b),
      ['f32[2, 2, 3, 1]', 'f32[3]', 'bias'],
    ],
    ['MaxPool', [f32(1, 1, 2, 4)], (x) => maxPool(x, [3, 1]), ['f32[1, 1, 2, 4]', '3,1']],
    ['Reshape', [f32(2, 3)], (x) => reshape(x, [4, 2]), ['f32[2, 3]', '4,2']],
    ['Reshape', [f32(2, 3)], (x) => reshape(x, [4, -1]), ['f32[2, 3]']],
    ['Transpose', [f32(2, 3)], (x) => transpose(x, [1, 1]), ['f32[2, 3]', '1,1']],
    ['Expand', [f32(2, 3)], (x) => expand(x, [4, 3]), ['f32[2, 3]', '4,3']],
    ['Concat', [f32(2, 3), f32(3, 3)], (a, b) => concat([a, b], 1), ['f32[2, 3]', 'f32[3, 3]', 'axis 1']],
    ['Split', [f32(2, 5)], (x) => split(x, 1, [2, 2])[0], ['f32[2, 5]', 'axis 1']],
    ['Slice', [f32(2, 5)], (x) => slice(x, 1, 3, 6), ['f32[2, 5]', '[3, 6)']],
    ['Slice', [f32(2, 5)], (x) => slice(x, 1, 0, 5, 0), ['f32[2, 5]', 'not 0']],
    ['Squeeze', [f32(2, 5)], (x) => squeeze(x, 1), ['f32[2, 5]', 'axis 1']],
    ['Gather', [f32(2, 5), f32(2)], (x, i) => gather(x, i), ['f32[2, 5]', 'f32[2]', 'integer']],
    [
      'ScatterElements',
      [f32(2, 5), i32(2, 2), f32(2, 3)],
      (x, i, u) => scatterAdd(x, i, u, 1),
      ['i32[2, 2]', 'f32[2, 3]'],
    ],
    ['Exp', [i32(2)], exp, ['i32[2]', 'floating-point']],
    ['gradients', [f32(2, 5)], (x) => gradients(x, [x])[0]!, ['f32[2, 5]', 'scalar']],
  ]
  it.each(cases)('%s', (operator, types, body, parts) => {
    const message = messageOf(types, (...tensors) => body(...tensors))
    expect(message).toMatch(/^backbone\.gcn\.3: /)
    expect(message).toContain(operator)
    for (const part of parts) expect(message).toContain(part)
  })

  it('reads as one who reads it would say it', () => {
    expect(messageOf([f32(2, 3), f32(4, 5)], matmul)).toBe(
      [
        'backbone.gcn.3: MatMul cannot take these tensors',
        '  expected: (..., n, k) and (..., k, m)',
        '  found:    f32[2, 3] and f32[4, 5]',
      ].join('\n'),
    )
  })

  it('names an axis that the tensor does not have', () => {
    expect(messageOf([f32(2, 3)], (x) => sum(x, [2]))).toMatch(/^backbone\.gcn\.3: [\s\S]*-2 to 1[\s\S]*2$/)
    expect(messageOf([f32(2, 3)], (x) => slice(x, -3, 0, 1))).toMatch(/-3$/)
  })

  it('says graph where no module is being traced', () => {
    expect(() => trace({ x: f32(2) }, ({ x }) => ({ y: reshape(x, [3]) }))).toThrow(/^graph: Reshape/)
  })

  it('names a variable that is assigned a value of another shape', () => {
    const variable = new Variable('running_mean', 'buffer', [3])
    const assigning = () =>
      trace({ x: f32(2) }, ({ x }) => {
        assign(variable, x)
        return {}
      })
    expect(assigning).toThrow(/assign running_mean[\s\S]*3[\s\S]*f32\[2\]/)
  })
})

describe('a shape error inside a network', () => {
  class Branch extends Module {
    readonly conv = new Conv2d(3, 4, [3, 1])
    forward(x: Tensor): Tensor {
      return this.conv.forward(x)
    }
  }
  class Network extends Module {
    readonly branches = [new Branch(), new Branch()]
    readonly fc = new Linear(4, 2)
    forward(x: Tensor): Tensor {
      return this.fc.forward(this.branches[1].forward(x))
    }
  }

  it('names the innermost module that was given the wrong tensor', () => {
    const network = nameParts(new Network())
    expect(() => trace({ x: f32(1, 2, 5, 1) }, ({ x }) => ({ y: network.forward(x) }))).toThrow(
      /^branches\.1\.conv: Conv/,
    )
    expect(() => trace({ x: f32(1, 3, 5, 3) }, ({ x }) => ({ y: network.forward(x) }))).toThrow(/^fc: Linear/)
  })

  it('does not leave its path behind', () => {
    const network = nameParts(new Network())
    expect(() => trace({ x: f32(1, 2, 5, 1) }, ({ x }) => ({ y: network.forward(x) }))).toThrow(/^branches/)
    expect(() => trace({ x: f32(2) }, ({ x }) => ({ y: reshape(x, [3]) }))).toThrow(/^graph: /)
  })
})
