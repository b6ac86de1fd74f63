import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { Conv2d, Linear, Module, nameParts } from '../../src/nn/index.ts'
import {
  adaptiveAveragePool,
  add,
  argMax,
  assign,
  averagePool,
  concat,
  constant,
  convolution,
  cosineSimilarity,
  cumulativeSum,
  einsum,
  exp,
  expand,
  f32,
  gather,
  gatherElements,
  gatherNd,
  gradients,
  i32,
  inScope,
  interpolate,
  less,
  linear,
  logicalAnd,
  matmul,
  maximum,
  maxPool,
  mean,
  oneHot,
  pad,
  padReflected,
  power,
  prelu,
  qr,
  repeatInterleave,
  reshape,
  roll,
  scatterAdd,
  scatterNdAdd,
  sin,
  slice,
  softmax,
  solveTriangular,
  split,
  squaredDistances,
  squeeze,
  stack,
  sum,
  type Tensor,
  type TensorType,
  tile,
  topK,
  trace,
  transpose,
  transposedConvolution,
  Variable,
  where,
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
    ['MatMul', [f32(4), f32(3, 4)], matmul, ['f32[4]', 'f32[3, 4]']],
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
    [
      'Conv',
      [f32(1, 2, 4, 1), f32(2, 2, 3, 1)],
      (x, w) => convolution(x, w, undefined, { padding: [1, 0] }),
      ['f32[1, 2, 4, 1]', 'padding of 4', '1,0'],
    ],
    [
      'ConvTranspose',
      [f32(1, 3, 4), f32(2, 3, 3)],
      (x, w) => transposedConvolution(x, w),
      ['f32[1, 3, 4]', 'f32[2, 3, 3]', '(C, O / groups, ...)'],
    ],
    [
      'ConvTranspose',
      [f32(1, 2, 4), f32(2, 3, 3)],
      (x, w) => transposedConvolution(x, w, undefined, { strides: [2], outputPadding: [2] }),
      ['f32[1, 2, 4]', 'output padding', '[2]'],
    ],
    ['Conv', [f32(1, 2, 4), i32(2, 2, 3)], (x, w) => convolution(x, w), ['i32[2, 2, 3]', 'floating-point']],
    [
      'Conv',
      [f32(1, 3, 4), f32(3, 2, 1)],
      (x, w) => convolution(x, w, undefined, { groups: 1.5 }),
      ['f32[1, 3, 4]', 'groups'],
    ],
    ['MaxPool', [i32(1, 1, 4)], (x) => maxPool(x, [2]), ['i32[1, 1, 4]', 'floating-point']],
    ['MaxPool', [f32(1, 1, 2, 4)], (x) => maxPool(x, [3, 1]), ['f32[1, 1, 2, 4]', '3,1']],
    [
      'MaxPool',
      [f32(1, 1, 4, 4)],
      (x) => maxPool(x, [2, 1], [1, 1], [2, 0, 0, 0]),
      ['f32[1, 1, 4, 4]', 'less padding', '2,0,0,0'],
    ],
    ['AveragePool', [f32(1, 1, 2, 4)], (x) => averagePool(x, [3, 1]), ['f32[1, 1, 2, 4]', '3,1']],
    ['AdaptiveAveragePool', [f32(1, 1, 2, 4)], (x) => adaptiveAveragePool(x, [3]), ['f32[1, 1, 2, 4]', '[3]']],
    ['Interpolation', [f32(1, 1, 2, 4)], (x) => interpolate(x, [3]), ['f32[1, 1, 2, 4]', '2,3', '[3]']],
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
    ['Slice', [f32(2, 5)], (x) => slice(x, 1, 5, -1, -1), ['f32[2, 5]', '(-1, 5]']],
    ['Slice', [f32(2, 5)], (x) => slice(x, 1, 1, 3, -1), ['f32[2, 5]', 'not -1']],
    ['Slice', [f32(2, 5)], (x) => slice(x, 1, 0.5, 3), ['f32[2, 5]']],
    ['Split', [f32(2, 5)], (x) => split(x, 1, [-1, 6])[0], ['f32[2, 5]', '-1,6']],
    ['Transpose', [f32(2, 3)], (x) => transpose(x, [0, 2]), ['f32[2, 3]', '0,2']],
    ['Transpose', [f32(2, 3)], (x) => transpose(x, [0]), ['f32[2, 3]', '2 axes', '[0]']],
    ['Transpose', [f32(2, 3)], (x) => transpose(x, [0, 1, 2]), ['f32[2, 3]', '0,1,2']],
    ['Split', [f32(2, 5)], (x) => split(x, 1, [3])[0], ['f32[2, 5]', 'axis 1', '[3]']],
    ['Concat', [f32(2, 3)], () => concat([], 0), ['at least one']],
    ['Concat', [f32(2), i32(2)], (a, b) => concat([a, b], 0), ['f32[2]', 'i32[2]']],
    ['Concat', [f32(2), f32(3)], (a, b) => stack([a, b], 0), ['f32[1, 2]', 'f32[1, 3]']],
    ['Pad', [f32(2, 3)], (x) => pad(x, 1, -2, -1), ['f32[2, 3]', '-2 and -1']],
    ['Pad', [f32(2, 3)], (x) => padReflected(x, 1, 3, 0), ['f32[2, 3]', 'not 3']],
    ['Tile', [f32(2, 3)], (x) => tile(x, [2]), ['f32[2, 3]', '[2]']],
    ['Tile', [f32(2, 3)], (x) => repeatInterleave(x, 0, 0), ['f32[2, 3]', 'not 0']],
    ['Roll', [f32(2, 3)], (x) => roll(x, 0, 0.5), ['f32[2, 3]', 'not 0.5']],
    ['Gather', [f32(2, 5)], (x) => gather(x, constant(Int32Array.of(2), [1])), ['f32[2, 5]', 'axis 0', 'not 2']],
    ['GatherElements', [f32(2, 5), i32(3)], (x, i) => gatherElements(x, i, 0), ['f32[2, 5]', 'i32[3]']],
    ['GatherElements', [f32(2, 5), i32(1, 6)], (x, i) => gatherElements(x, i, 0), ['i32[1, 6]', 'axis 0']],
    ['GatherND', [f32(2, 5), i32(4, 3)], gatherNd, ['f32[2, 5]', 'i64[4, 3]', '1 to 2']],
    ['GatherND', [f32(2, 5), f32(4, 2)], gatherNd, ['f32[2, 5]', 'f32[4, 2]', 'integer']],
    ['ScatterND', [f32(2, 5), i32(4, 1), f32(4, 2)], scatterNdAdd, ['f32[2, 5]', 'i64[4, 1]', 'f32[4, 2]', '[4,5]']],
    [
      'ScatterElements',
      [f32(2, 5), i32(2, 2), i32(2, 2)],
      (x, i, u) => scatterAdd(x, i, u, 1),
      ['f32[2, 5]', 'i32[2, 2]', 'type'],
    ],
    ['OneHot', [i32(2)], (x) => oneHot(x, 0), ['i32[2]', 'not 0']],
    ['TopK', [f32(2, 5)], (x) => topK(x, 6).values, ['f32[2, 5]', 'axis 1', 'not 6']],
    ['CumSum', [f32(2)], (x) => cumulativeSum(less(x, 0), 0), ['bool[2]']],
    ['Exp', [i32(2)], exp, ['i32[2]', 'floating-point']],
    ['Add', [f32(2), i32(2)], (a, b) => add(a, less(b, 1)), ['f32[2]', 'bool[2]', 'numbers']],
    ['Less', [f32(2, 3), f32(2)], less, ['f32[2, 3]', 'f32[2]', 'axis']],
    ['Pow', [f32(2, 3), f32(2)], power, ['f32[2, 3]', 'f32[2]']],
    ['And', [f32(2), f32(2)], logicalAnd, ['f32[2]', 'booleans']],
    ['Where', [f32(2), f32(3), f32(3)], (c, a, b) => where(less(c, 0), a, b), ['bool[2]', 'f32[3]', 'broadcast']],
    ['Where', [f32(3), f32(3), f32(3)], where, ['f32[3] and f32[3]', 'bool condition']],
    ['Sin', [i32(2)], sin, ['i32[2]', 'floating-point']],
    ['Max', [f32(2), i32(2)], maximum, ['f32[2]', 'i32[2]']],
    ['mean', [i32(2)], (x) => mean(x), ['i32[2]', 'floating-point']],
    ['ReduceSum', [f32(2)], (x) => sum(less(x, 0)), ['bool[2]', 'numbers']],
    ['ArgMax', [f32(2)], (x) => argMax(less(x, 0), 0), ['bool[2]', 'numbers']],
    ['Softmax', [i32(2)], (x) => softmax(x), ['i32[2]', 'floating-point']],
    ['PRelu', [f32(2, 3, 4), f32(4)], prelu, ['f32[2, 3, 4]', 'f32[4]']],
    ['qr', [f32(2, 3)], (x) => qr(x).q, ['f32[2, 3]', 'm >= n']],
    ['solveTriangular', [f32(2, 3), f32(2, 1)], (a, b) => solveTriangular(a, b), ['f32[2, 3]', 'f32[2, 1]']],
    ['squaredDistances', [f32(2, 3), f32(2, 4)], squaredDistances, ['f32[2, 3]', 'f32[2, 4]']],
    [
      'cosineSimilarity',
      [f32(2, 3), f32(2, 1)],
      (a, b) => cosineSimilarity(a, b),
      ['f32[2, 3]', 'f32[2, 1]', 'axis 1'],
    ],
    ['einsum', [f32(2, 3), f32(2, 1)], (a, b) => einsum('ij,jk->ik', a, b), ['f32[2, 3]', 'f32[2, 1]', 'axes j']],
    ['gradients', [f32(2, 5)], (x) => gradients(x, [x])[0]!, ['f32[2, 5]', 'scalar']],
    ['gradients', [i32()], (x) => gradients(x, [x])[0]!, ['i32[]', 'f32 scalar']],
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

  it('names an axis also where there is nothing to do along it', () => {
    expect(messageOf([f32(2, 3)], (x) => concat([x], 2))).toMatch(/-2 to 1[\s\S]*2$/)
    expect(messageOf([f32(2, 3)], (x) => split(x, 2, [3])[0])).toMatch(/-2 to 1[\s\S]*2$/)
  })

  it('names a fraction that was to be an integer', () => {
    expect(messageOf([i32(2)], (x) => add(x, 0.5))).toMatch(/^backbone\.gcn\.3: [\s\S]*0\.5 as i32$/)
  })

  it('says graph where no module is being traced', () => {
    expect(() => trace({ x: f32(2) }, ({ x }) => ({ y: reshape(x, [3]) }))).toThrow(/^graph: Reshape/)
  })

  it.each([f32(2), i32(3)])('names a variable that is assigned a value of another shape or type', (type) => {
    const variable = new Variable('running_mean', 'buffer', [3])
    const assigning = () =>
      trace({ x: type }, ({ x }) => {
        assign(variable, x)
        return {}
      })
    expect(assigning).toThrow(/assign running_mean[\s\S]*f32\[3\][\s\S]*(f32\[2\]|i32\[3\])/)
  })

  it('names a variable whose values do not fill its shape', () => {
    const making = () => new Variable('running_mean', 'buffer', [3], Float32Array.of(1, 2))
    expect(making).toThrow(OssatureError)
    expect(making).toThrow(/running_mean[\s\S]*3 values for \[3\][\s\S]*2 values/)
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
