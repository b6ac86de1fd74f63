import { describe, expect, it } from 'vitest'
import { computeAgain } from '../../../src/runtime/cpu/compute-again.ts'
import { peakOf, Reads } from '../../../src/runtime/cpu/memory-use.ts'
import {
  exp,
  gradients,
  matmul,
  multiply,
  reshape,
  sum,
  type Tensor,
  tanh,
  trace,
  transpose,
} from '../../../src/tensor/index.ts'
import { nodesOf } from '../../../src/tensor/passes/rewrite.ts'
import { countOperators } from '../../tensor/passes/count-operators.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { randomFed, type Tensors } from '../../tensor/run-graph.ts'

/** Bytes from which a tensor of these small graphs counts. */
const LARGE = 256
const pass = (roots: readonly Tensor[]) => computeAgain(roots, LARGE)

/** Further layers, so that there is much between the forward and the backward use of what stands before them. */
function deep(x: Tensor): Tensor {
  let y = x
  for (let i = 0; i < 40; i++) y = exp(tanh(y))
  return y
}

const inputs = { x: randomFed([4, 6, 5]), graphs: randomFed([8, 5, 5], 2), weight: randomFed([48, 3], 3) }

/** x on eight graphs, which is eight times as large, then mixed to three channels. */
function onManyGraphs({ x, graphs, weight }: Tensors): Tensors {
  const mixed = reshape(matmul(reshape(x, [4, 1, 6, 5]), graphs), [4, 48, 5])
  const loss = sum(deep(matmul(transpose(mixed, [0, 2, 1]), weight)))
  const [dx, dGraphs, dWeight] = gradients(loss, [x, graphs, weight])
  return { loss, dx: dx!, dGraphs: dGraphs!, dWeight: dWeight! }
}

function rootsOf(body: (tensors: Tensors) => Tensors): Tensor[] {
  const types = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  )
  return trace(types, body).outputs.map(({ tensor }) => tensor)
}

function peakBytes(roots: readonly Tensor[]): number {
  const nodes = nodesOf(roots)
  return peakOf(nodes, new Reads(nodes, roots)).bytes
}

describe('a large tensor that a gradient reads again', () => {
  it('is computed a second time, and the results stay the same', async () => {
    const { before, after } = await expectUnchanged(pass, inputs, onManyGraphs)
    expect(after.MatMul).toBe(before.MatMul + 1)
    expect(after.Transpose).toBe(before.Transpose + 1)
  })

  it('is not held in between: the peak falls by its size', () => {
    const roots = rootsOf(onManyGraphs)
    const bytesOnGraphs = 4 * 48 * 5 * Float32Array.BYTES_PER_ELEMENT
    expect(peakBytes(roots) - peakBytes(pass(roots))).toBeGreaterThanOrEqual(bytesOnGraphs)
  })

  it('is computed a second time behind the last early reader', () => {
    const operators = nodesOf(pass(rootsOf(onManyGraphs))).map(({ operator }) => operator)
    expect(operators.lastIndexOf('Transpose')).toBeGreaterThan(operators.lastIndexOf('Tanh'))
  })
})

describe('what is held as before', () => {
  const unchanged = (body: (tensors: Tensors) => Tensors, large = LARGE) => {
    const roots = rootsOf(body)
    expect(countOperators(computeAgain(roots, large))).toEqual(countOperators(roots))
  }

  it('a small tensor', () => {
    unchanged(onManyGraphs, 2 ** 20)
  })

  it('a tensor that the graph gives', () => {
    unchanged(({ x }) => {
      const doubled = multiply(x, 2)
      return { doubled, far: multiply(deep(doubled), doubled) }
    })
  })

  it('a tensor that takes long to compute, such as an exponential', () => {
    unchanged(({ x }) => {
      const y = exp(x)
      return { far: multiply(deep(y), y) }
    })
  })

  it('a tensor whose inputs are not there any more', () => {
    unchanged(({ x }) => {
      const y = multiply(exp(x), 2)
      return { far: multiply(deep(y), y) }
    })
  })

  it('a tensor that is read again at once', () => {
    unchanged(({ x }) => {
      const y = deep(x)
      const doubled = multiply(y, 2)
      return { near: multiply(multiply(tanh(doubled), doubled), y) }
    })
  })
})
