import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import { keepOrder } from '../../../src/runtime/cpu/keep-order.ts'
import {
  concat,
  f32,
  flatten,
  gradients,
  inScope,
  matmul,
  sum,
  type Tensor,
  tanh,
  trace,
} from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { randomFed, type Tensors } from '../../tensor/run-graph.ts'

const LAYERS = 5

type Order = (layers: Tensor[]) => Tensor[]

/** A perceptron, and the gradients of its weights as one vector, as an optimiser reads them. */
function perceptron(x: Tensor, weights: readonly Tensor[], inOrder: Order): Tensors {
  const loss = sum(weights.reduce((y, weight, i) => inScope(`layer ${i}`, () => tanh(matmul(y, weight))), x))
  const flat = gradients(loss, weights).map((d) => flatten(d!))
  return { loss, gradient: concat(inOrder(flat), 0) }
}

const names = Array.from({ length: LAYERS }, (_, i) => `weight${i}`)
const body = (tensors: Tensors, inOrder: Order = (layers) => layers) =>
  perceptron(
    tensors.x,
    names.map((name) => tensors[name]),
    inOrder,
  )

/** The module of every matrix product, in the order in which ONNX Runtime says that it computed them. */
async function computedOrder(inOrder: Order): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ossature-order-'))
  try {
    const types = Object.fromEntries(['x', ...names].map((name) => [name, f32(3, 3)]))
    const profile = join(folder, 'profile')
    const device = new CpuDevice({ threads: 1, passes: [{ name: 'tested', apply: keepOrder }], profile })
    const step = await device.compile(trace(types, (tensors) => body(tensors, inOrder)))
    await step.run(Object.fromEntries(Object.keys(types).map((name) => [name, randomFed([3, 3]).data])))
    await step.release()
    const events: { name: string }[] = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), 'utf8'))
    return events.flatMap(({ name }) => /^(layer \d)\/MatMul_\d+_kernel_time$/.exec(name)?.[1] ?? [])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Forward; then both gradients of a layer before those of the layer in front of it. The first layer has one. */
const forward = names.map((_, i) => `layer ${i}`)
const asMade = [
  ...forward,
  ...forward
    .slice(1)
    .reverse()
    .flatMap((layer) => [layer, layer]),
  'layer 0',
]

describe('the order of computation', () => {
  it.each<[string, Order]>([
    ['the first layer first', (layers) => layers],
    ['the last layer first', (layers) => layers.toReversed()],
  ])('is that in which the graph was made, where the gradients are read %s', async (_, inOrder) => {
    expect(await computedOrder(inOrder)).toEqual(asMade)
  })

  it('changes no result', async () => {
    const inputs = Object.fromEntries(['x', ...names].map((name, i) => [name, randomFed([3, 3], i + 1)]))
    const { before, after } = await expectUnchanged(keepOrder, inputs, (tensors) => body(tensors))
    expect(after).toEqual(before)
  })
})
