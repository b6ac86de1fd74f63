import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { BatchNorm, Conv2d, initialize, LayerNorm, Module, nameParts, pointwise } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import {
  exportOnnx,
  f32,
  gradients,
  matmul,
  readOnnx,
  relu,
  reshape,
  slice,
  square,
  sum,
  type Tensor,
  trace,
} from '../../../src/tensor/index.ts'
import { randomFed, runGraph, type Tensors } from '../run-graph.ts'

const x = randomFed([2, 3, 6, 5])

/** A module whose statistics and parameters are none of their first values. */
function trained<M extends Module>(module: M): M {
  const stream = new CounterStream('trained')
  for (const [, variable] of initialize(nameParts(module), stream).variables()) {
    for (let i = 0; i < variable.values.length; i++) variable.values[i] = stream.uniform(0.3, 2)
  }
  return module
}

/** Operators of the exported file, whose outputs are those of the graph as it was traced. */
async function exported(forward: (t: Tensors) => Tensor): Promise<string[]> {
  const graph = trace({ x: f32(...x.shape) }, (t) => ({ y: forward(t) }))
  const bytes = exportOnnx(graph)
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 })
  const { y } = await session.run({ x: new ort.Tensor('float32', x.data as Float32Array, x.shape) })
  await session.release()
  const { y: wanted } = await runGraph({ x }, (t) => ({ y: forward(t) }), { passes: [] })
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  wanted.forEach((value, i) => {
    expect(Math.abs((y.data as Float32Array)[i] - value) / largest).toBeLessThan(1e-6)
  })
  return readOnnx(bytes).nodes.map(({ operator }) => operator)
}

class Block extends Module {
  readonly conv = new Conv2d(3, 4, [3, 1], { padding: [1, 0] })
  readonly bn = new BatchNorm(4)

  forward(t: Tensor): Tensor {
    return relu(this.bn.forward(this.conv.forward(t)))
  }
}

class GraphBlock extends Module {
  readonly conv = pointwise(3, 2 * 4)
  readonly bn = new BatchNorm(4)

  /** As in ST-GCN: channels, then joints of every subset, then the sum over subsets, normalised. */
  forward(t: Tensor, graphs: Tensor): Tensor {
    const mixed = matmul(reshape(this.conv.forward(t), [2, 2, 4 * 6, 5]), graphs)
    return this.bn.forward(reshape(sum(mixed, [1]), [2, 4, 6, 5]))
  }
}

it('a graph that updates variables is not exported', () => {
  const block = trained(new Block())
  const graph = trace({ x: f32(...x.shape) }, (t) => ({ y: block.forward(t.x) }), { training: true })
  expect(() => exportOnnx(graph)).toThrow(OssatureError)
  expect(() => exportOnnx(graph)).toThrow(/^bn\.running_mean: a graph that updates variables/)
})

describe('an exported network', () => {
  it('has its batch normalisation in the convolution in front of it', async () => {
    const block = trained(new Block())
    expect(await exported(({ x }) => block.forward(x))).toEqual(['Conv', 'Relu'])
  })

  it('has the factor of it there also across the mixing of joints', async () => {
    const block = trained(new GraphBlock())
    // Graphs (2, 5, 5) that depend on the input.
    const graphs = (t: Tensor) => reshape(slice(t, 2, 0, 5), [6, 5, 5])
    const operators = await exported(({ x }) => block.forward(x, slice(graphs(x), 0, 0, 2)))
    expect(operators).not.toContain('Mul')
  })

  it('names the outputs of an operator that something uses, and no others', async () => {
    const norm = trained(new LayerNorm(5))
    expect(await exported(({ x }) => norm.forward(x))).toEqual(['LayerNormalization'])
    const outputs = (body: (t: Tensor) => Tensor) => {
      const { nodes } = readOnnx(exportOnnx(trace({ x: f32(2, 5) }, (t) => ({ y: body(t.x) }))))
      return nodes.filter(({ operator }) => operator === 'LayerNormalization').map((node) => node.outputs.length)
    }
    expect(outputs((t) => norm.forward(t))).toEqual([1])
    // The gradient reads the deviation, the third one, and makes the rows again.
    expect(outputs((t) => gradients(sum(square(norm.forward(t))), [t])[0]!).sort()).toEqual([1, 3])
  })
})
