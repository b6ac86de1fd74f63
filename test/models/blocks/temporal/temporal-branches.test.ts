import { describe, expect, it } from 'vitest'
import { MsG3dTcn } from '../../../../src/models/blocks/msg3d/tcn.ts'
import { CtrMsTcn } from '../../../../src/models/blocks/temporal/ctr-mstcn.ts'
import { DgMsTcn } from '../../../../src/models/blocks/temporal/dgmstcn.ts'
import { MsTcn, type TemporalBranch } from '../../../../src/models/blocks/temporal/mstcn.ts'
import { type Forward, initialize, type Module } from '../../../../src/nn/index.ts'
import { CounterStream } from '../../../../src/random/counter-stream.ts'
import { add, concat, relu, type Tensor } from '../../../../src/tensor/index.ts'
import { randomFed, runGraph } from '../../../tensor/run-graph.ts'

const CHANNELS = 13
const FRAMES = 7
const JOINTS = 3
const BRANCHES: readonly TemporalBranch[] = [['max', 3], [5, 2], '1x1', [3, 3]]

/** With parameters that are not the starting ones. */
function perturbed<M extends Module>(module: M): M {
  initialize(module, new CounterStream('start'))
  const stream = new CounterStream('training')
  for (const { values } of module.parameters()) {
    for (let i = 0; i < values.length; i++) values[i] += stream.uniform(-0.3, 0.3)
  }
  return module
}

async function expectEqual(one: (x: Tensor) => Tensor, other: (x: Tensor) => Tensor, training: boolean) {
  const x = randomFed([2, CHANNELS, FRAMES, JOINTS])
  const results = []
  for (const forward of [one, other]) {
    const { y } = await runGraph({ x }, (tensors) => ({ y: forward(tensors.x) }), { training })
    results.push(y)
  }
  const [actual, wanted] = results
  expect(actual.length).toBe(wanted.length)
  expect(Math.max(...wanted.map(Math.abs))).toBeGreaterThan(0.1)
  expect(Math.max(...wanted.map((value, i) => Math.abs(value - actual[i])))).toBeLessThan(1e-5)
}

/** The branches one by one, each on x. */
const oneByOne = (branches: readonly Forward[], x: Tensor) =>
  concat(
    branches.map((branch) => branch.forward(x)),
    1,
  )

describe.each([
  ['in evaluation', false],
  ['in training', true],
])('branches computed together %s', (_, training) => {
  it.each([1, 2])('are those of MsTcn, mixed and normalised, at stride %i', async (stride) => {
    const tcn = perturbed(new MsTcn(CHANNELS, 15, stride, { branches: BRANCHES }))
    await expectEqual(
      (x) => tcn.forward(x),
      (x) => tcn.bn.forward(tcn.transform.forward(oneByOne(tcn.branches, x))),
      training,
    )
  })

  it('are those of CtrMsTcn, with a ReLU in PYSKL and without one in the original', async () => {
    const pyskl = perturbed(new CtrMsTcn(CHANNELS, 15, 2))
    await expectEqual(
      (x) => pyskl.forward(x),
      (x) => relu(oneByOne(pyskl.branches, x)),
      training,
    )
    const original = perturbed(new CtrMsTcn(CHANNELS, 15, 2, { form: 'original' }))
    await expectEqual(
      (x) => original.forward(x),
      (x) => oneByOne(original.branches, x),
      training,
    )
  })

  it('are those of MsG3dTcn, with its residual', async () => {
    const same = perturbed(new MsG3dTcn(CHANNELS, CHANNELS))
    await expectEqual(
      (x) => same.forward(x),
      (x) => relu(add(oneByOne(same.branches, x), x)),
      training,
    )
    const narrower = perturbed(new MsG3dTcn(CHANNELS, 20, { stride: 2, activated: false }))
    await expectEqual(
      (x) => narrower.forward(x),
      (x) => add(oneByOne(narrower.branches, x), (narrower.residual as Forward).forward(x)),
      training,
    )
  })
})

describe('MsTcn', () => {
  it('gives the channels that the division leaves to the first branch', () => {
    const widths = (branches?: readonly TemporalBranch[]) =>
      new MsTcn(64, 64, 1, { branches }).branches.map((branch) => {
        const [first] = branch.variables()
        return first[1].shape[0]
      })
    expect(widths()).toEqual([14, 10, 10, 10, 10, 10])
    expect(widths([[3, 1], '1x1', ['max', 3]])).toEqual([22, 21, 21])
  })
})

describe('DgMsTcn', () => {
  it('is MsTcn where no joint takes part of the mean of all', async () => {
    const dynamic = perturbed(new DgMsTcn(CHANNELS, 15, 2, { branches: BRANCHES, numJoints: 4 }))
    dynamic.add_coeff.values.fill(0)
    const plain = perturbed(new MsTcn(CHANNELS, 15, 2, { branches: BRANCHES }))
    const values = new Map([...dynamic.variables()].map(([name, variable]) => [name, variable.values]))
    for (const [name, variable] of plain.variables()) variable.values.set(values.get(name)!)
    await expectEqual(
      (x) => dynamic.forward(x),
      (x) => plain.forward(x),
      false,
    )
  })
})
