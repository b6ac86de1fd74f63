import { OssatureError } from '../../src/errors.ts'
import { BatchNorm, nameParts, Sgd } from '../../src/nn/index.ts'
import type { CompileOptions, Device, HostArray } from '../../src/runtime/device.ts'
import {
  add,
  argMax,
  assign,
  Bank,
  cast,
  convolution,
  divide,
  exp,
  f32,
  gather,
  gradients,
  i32,
  layerNormalization,
  matmul,
  maximum,
  multiply,
  read,
  relu,
  scalar,
  sum,
  type TracedGraph,
  trace,
  Variable,
} from '../../src/tensor/index.ts'
import { directConvolution } from '../tensor/direct-convolution.ts'
import { assertClose, assertEqual, assertRejects, varied } from './assertions.ts'

/** What every device must do. It needs no test runner, so it runs in the page of a browser, too. */
export interface DeviceCase {
  readonly title: string
  /** Devices that cannot fail in this way. */
  readonly except?: readonly string[]
  /** @throws Error when the device does something else */
  run(device: Device): Promise<void>
}

const by = (value: number) => ({ by: Float32Array.of(value) })

function counter(start = 0): Variable {
  return new Variable('count', 'buffer', [1], Float32Array.of(start))
}

/** Adds the fed number to a variable and gives the variable's value before that. */
function adding(variable: Variable): TracedGraph {
  return trace({ by: f32(1) }, ({ by }) => {
    const before = read(variable)
    assign(variable, add(before, by))
    return { before }
  })
}

async function outputsOf(
  device: Device,
  graph: TracedGraph,
  feeds: Readonly<Record<string, HostArray>>,
  options?: CompileOptions,
) {
  const step = await device.compile(graph, options)
  const outputs = await step.run(feeds)
  await step.release()
  return outputs
}

export const DEVICE_CASES: readonly DeviceCase[] = [
  {
    title: 'computes element by element with broadcasting',
    async run(device) {
      const [x, y] = [varied(24), varied(4, 2)]
      const graph = trace({ x: f32(2, 3, 4), y: f32(4) }, ({ x, y }) => ({
        z: divide(maximum(add(exp(x), y), scalar(0.5)), scalar(3)),
      }))
      const { z } = await outputsOf(device, graph, { x, y })
      assertClose(
        z,
        Array.from(x, (value, i) => Math.max(Math.exp(value) + y[i % 4], 0.5) / 3),
      )
    },
  },
  {
    title: 'multiplies matrices',
    async run(device) {
      const [a, b] = [varied(2 * 3 * 5), varied(2 * 5 * 4, 2)]
      const graph = trace({ a: f32(2, 3, 5), b: f32(2, 5, 4) }, ({ a, b }) => ({ c: matmul(a, b) }))
      const { c } = await outputsOf(device, graph, { a, b })
      const dot = (n: number, i: number, j: number) =>
        [0, 1, 2, 3, 4].reduce((total, k) => total + a[n * 15 + i * 5 + k] * b[n * 20 + k * 4 + j], 0)
      assertClose(
        c,
        Array.from({ length: 24 }, (_, e) => dot(Math.floor(e / 12), Math.floor(e / 4) % 3, e % 4)),
      )
    },
  },
  {
    title: 'computes in half precision, or says that it cannot',
    async run(device) {
      const [a, b] = [varied(2 * 3 * 5), varied(2 * 5 * 4, 2)]
      const graph = trace({ a: f32(2, 3, 5), b: f32(2, 5, 4) }, (given) => {
        const [a, b] = [given.a, given.b].map((t) => cast(t, 'f16'))
        const c = cast(relu(matmul(a, b)), 'f32')
        return { c, slope: gradients(sum(c), [given.a])[0]! }
      })
      const found = await outputsOf(device, graph, { a, b }).catch((error: OssatureError) => error)
      if (found instanceof Error) {
        if (!/does not compute in half precision/.test(found.message)) throw found
        return
      }
      const of = (n: number, i: number, j: number) =>
        [0, 1, 2, 3, 4].reduce((total, k) => total + a[n * 15 + i * 5 + k] * b[n * 20 + k * 4 + j], 0)
      assertClose(
        found.c,
        Array.from({ length: 24 }, (_, e) => Math.max(0, of(Math.floor(e / 12), Math.floor(e / 4) % 3, e % 4))),
        2 ** -9,
      )
      const slope = (n: number, i: number, k: number) =>
        [0, 1, 2, 3].reduce((total, j) => total + (of(n, i, j) > 0 ? b[n * 20 + k * 4 + j] : 0), 0)
      assertClose(
        found.slope,
        Array.from({ length: 30 }, (_, e) => slope(Math.floor(e / 15), Math.floor(e / 5) % 3, e % 5)),
        2 ** -9,
      )
    },
  },
  {
    title: 'convolves with strides, dilation and padding',
    async run(device) {
      const shapes = { x: [2, 3, 9, 4], weight: [5, 3, 3, 1], bias: [5] }
      const feeds = { x: varied(216), weight: varied(45, 2), bias: varied(5, 3) }
      const options = { strides: [2, 1], dilations: [2, 1], padding: [2, 0, 2, 0] }
      const graph = trace(
        { x: f32(...shapes.x), weight: f32(...shapes.weight), bias: f32(5) },
        ({ x, weight, bias }) => ({ y: convolution(x, weight, bias, options) }),
      )
      const { y } = await outputsOf(device, graph, feeds)
      const fed = (name: keyof typeof feeds) => ({ shape: shapes[name], data: feeds[name] })
      assertClose(y, directConvolution(fed('x'), fed('weight'), fed('bias'), options))
    },
  },
  {
    title: 'picks rows by fed indices',
    async run(device) {
      const graph = trace({ table: f32(4, 3), row: i32(2) }, ({ table, row }) => ({ rows: gather(table, row) }))
      const { rows } = await outputsOf(device, graph, { table: varied(12), row: Int32Array.of(3, 1) })
      assertClose(rows, [...varied(12).slice(9, 12), ...varied(12).slice(3, 6)])
    },
  },
  {
    title: 'trains a batch normalisation as its closed form says',
    run: trainBatchNorm,
  },
  {
    title: 'normalises rows, and differentiates that, as the closed form says',
    run: differentiateLayerNormalization,
  },
  {
    title: 'keeps state between runs until it is pulled',
    async run(device) {
      const count = counter(1)
      const step = await device.compile(adding(count))
      await step.run(by(2))
      assertEqual([...(await step.run(by(4))).before], [3])
      assertEqual([...count.values], [1])
      await device.pull([count])
      assertEqual([...count.values], [7])
    },
  },
  {
    title: 'lets two steps share variables',
    async run(device) {
      const count = counter()
      const step = await device.compile(adding(count))
      const second = await device.compile(trace({}, () => ({ doubled: multiply(read(count), 2) })))
      await step.run(by(5))
      assertEqual([...(await second.run({})).doubled], [10])
      await step.run(by(1))
      assertEqual([...(await second.run({})).doubled], [12])
      await step.release()
      assertEqual([...(await (await device.compile(adding(count))).run(by(1))).before], [6])
    },
  },
  {
    title: 'replaces state when it is pushed, and not before',
    async run(device) {
      const count = counter(1)
      const step = await device.compile(adding(count))
      await step.run(by(1))
      count.values[0] = 100
      assertEqual([...(await step.run(by(1))).before], [2])
      device.push([count])
      assertEqual([...(await step.run(by(1))).before], [100])
      count.values[0] = -1
      assertEqual([...(await step.run(by(1))).before], [101])
    },
  },
  {
    title: 'pushes between the runs that were asked for before and after',
    async run(device) {
      const count = counter(1)
      const step = await device.compile(adding(count))
      const first = step.run(by(1))
      count.values[0] = 50
      device.push([count])
      count.values[0] = 70
      const second = step.run(by(1))
      assertEqual([...(await first).before, ...(await second).before], [1, 50])
    },
  },
  {
    title: 'pulls and pushes the pieces of a bank',
    async run(device) {
      const [a, b] = [counter(1), counter(2)]
      const bank = new Bank('counts', 'buffer', [a, b])
      const step = await device.compile(adding(b))
      await step.run(by(10))
      await device.pull([b])
      assertEqual([...bank.values], [1, 12])
      a.values[0] = 7
      device.push([a])
      await step.run(by(1))
      await device.pull([bank])
      assertEqual([...a.values, ...b.values], [7, 13])
    },
  },
  {
    title: 'runs steps that are started together one after the other',
    async run(device) {
      const count = counter()
      const step = await device.compile(adding(count))
      const runs = await Promise.allSettled([step.run(by(1)), step.run({}), step.run(by(2)), step.run(by(4))])
      const before = runs.map((run) => (run.status === 'fulfilled' ? run.value.before[0] : 'failed'))
      assertEqual(before, [0, 'failed', 1, 3])
      await device.pull([count])
      assertEqual([...count.values], [7])
    },
  },
  {
    title: 'does not change the outputs of an earlier run',
    async run(device) {
      const step = await device.compile(adding(counter()))
      const first = await step.run(by(1))
      await step.run(by(1))
      await step.run(by(1))
      assertEqual([...first.before], [0])
    },
  },
  {
    title: 'refuses a wrong input and leaves the state as it was',
    async run(device) {
      const step = await device.compile(adding(counter(1)))
      await step.run(by(1))
      await assertRejects(() => step.run({}), OssatureError, /not given its input by/)
      await assertRejects(
        () => step.run({ by: Float32Array.of(1, 2) }),
        OssatureError,
        /f32\[1\], 1 values[\s\S]*2 values/,
      )
      await assertRejects(() => step.run({ by: Int32Array.of(1) }), OssatureError, /f32\[1\][\s\S]*Int32Array/)
      assertEqual([...(await step.run(by(1))).before], [2])
    },
  },
  {
    title: 'leaves the state as it was where an operator fails in the middle',
    // A GPU does not look whether an index is in range.
    except: ['webgpu', 'cuda'],
    async run(device) {
      const [count, total] = [counter(1), counter(10)]
      const graph = trace({ by: f32(1), row: i32(1) }, ({ by, row }) => {
        assign(count, add(read(count), by))
        assign(total, add(read(total), gather(multiply(by, 2), row)))
        return {}
      })
      const step = await device.compile(graph)
      await step.run({ ...by(1), row: Int32Array.of(0) })
      await assertRejects(
        () => step.run({ ...by(1), row: Int32Array.of(99) }),
        OssatureError,
        /the run failed[\s\S]*Gather/,
      )
      await device.pull([count, total])
      assertEqual([...count.values, ...total.values], [2, 12])
      await step.run({ ...by(1), row: Int32Array.of(0) })
      await device.pull([count, total])
      assertEqual([...count.values, ...total.values], [3, 14])
    },
  },
  {
    title: 'refuses to run a released step and keeps its state',
    async run(device) {
      const count = counter()
      const step = await device.compile(adding(count))
      await step.run(by(3))
      await step.release()
      await step.release()
      await assertRejects(() => step.run(by(1)), OssatureError, /the step was released/)
      await device.pull([count])
      assertEqual([...count.values], [3])
    },
  },
  {
    title: 'refuses a graph whose variables were packed after it was traced',
    async run(device) {
      const count = counter(1)
      const graph = adding(count)
      const step = await device.compile(graph)
      new Bank('counts', 'buffer', [count])
      await assertRejects(() => step.run(by(1)), OssatureError, /count: the variables were packed anew/)
      await assertRejects(() => device.compile(graph), OssatureError, /count: the variables were packed anew/)
      const packed = await device.compile(adding(count))
      assertEqual([...(await packed.run(by(1))).before], [1])
      new Bank('other counts', 'buffer', [count])
      await assertRejects(() => packed.run(by(1)), OssatureError, /counts: the variables were packed anew/)
    },
  },
  {
    title: 'refuses inputs and outputs that no host array holds',
    async run(device) {
      const found = trace({ x: f32(3) }, ({ x }) => ({ place: argMax(x, 0) }))
      await assertRejects(() => device.compile(found), OssatureError, /place: [\s\S]*f32 or i32[\s\S]*i64\[1\]/)
      const fed = trace({ mask: { dtype: 'bool', shape: [2] } }, ({ mask }) => ({ y: cast(mask, 'f32') }))
      await assertRejects(() => device.compile(fed), OssatureError, /mask: [\s\S]*bool\[2\]/)
    },
  },
  {
    title: 'undoes a run that is not finite, when asked to look, and names the operator',
    async run(device) {
      const total = new Variable('total', 'buffer', [2], Float32Array.of(1, 1))
      const graph = trace({ x: f32(2) }, ({ x }) => {
        assign(total, add(read(total), multiply(x, 1e30)))
        return { x }
      })
      const step = await device.compile(graph, { checkFinite: true })
      await step.run({ x: Float32Array.of(0, 0) })
      await assertRejects(
        () => step.run({ x: Float32Array.of(1, 1e30) }),
        OssatureError,
        /new value of total: a run gave infinity[\s\S]*Mul[\s\S]*element 1/,
      )
      await device.pull([total])
      assertEqual([...total.values], [1, 1])
    },
  },
]

/** One step of y = BN(x), loss = sum(y * w), against sums in float64. */
async function trainBatchNorm(device: Device): Promise<void> {
  const [N, C, T] = [4, 3, 5]
  const layer = nameParts(new BatchNorm(C))
  const sgd = new Sgd(layer.parameters(), { momentum: 0.9 })
  const graph = trace(
    { x: f32(N, C, T), w: f32(N, C, T) },
    ({ x, w }) => {
      const loss = sum(multiply(layer.forward(x), w))
      sgd.update(loss, scalar(0.1))
      return { loss }
    },
    { training: true },
  )
  const variables = new Map(layer.variables())
  variables.get('weight')!.values.fill(1)
  const [x, w] = [varied(N * C * T), varied(N * C * T, 5)]
  const { loss } = await outputsOf(device, graph, { x, w })
  await device.pull([...variables.values()])

  const elements = (c: number) => Array.from({ length: N * T }, (_, e) => (Math.floor(e / T) * C + c) * T + (e % T))
  const total = (c: number, value: (i: number) => number) => elements(c).reduce((all, i) => all + value(i), 0)
  const expected = [0, 1, 2].map((c) => {
    const mean = total(c, (i) => x[i]) / (N * T)
    const variance = total(c, (i) => (x[i] - mean) ** 2) / (N * T)
    const slope = total(c, (i) => ((x[i] - mean) / Math.sqrt(variance + 1e-5)) * w[i])
    const unbiased = (variance * N * T) / (N * T - 1)
    return { slope, shift: total(c, (i) => w[i]), mean, unbiased }
  })
  assertClose(loss, [expected.reduce((all, { slope }) => all + slope, 0)])
  const values = (name: string) => variables.get(name)!.values
  assertClose(
    values('weight'),
    expected.map(({ slope }) => 1 - 0.1 * slope),
  )
  assertClose(
    values('bias'),
    expected.map(({ shift }) => -0.1 * shift),
  )
  assertClose(
    values('running_mean'),
    expected.map(({ mean }) => 0.1 * mean),
  )
  assertClose(
    values('running_var'),
    expected.map(({ unbiased }) => 0.9 + 0.1 * unbiased),
  )
}

/** Layer normalisation y of rows x, and the gradient of sum(y * w) with respect to x, against sums in float64. */
async function differentiateLayerNormalization(device: Device): Promise<void> {
  const [N, C, epsilon] = [3, 8, 1e-5]
  const graph = trace({ x: f32(N, C), w: f32(N, C), scale: f32(C), bias: f32(C) }, ({ x, w, scale, bias }) => {
    const y = layerNormalization(x, [C], { scale, bias, epsilon })
    const [slope] = gradients(sum(multiply(y, w)), [x])
    return { y, slope: slope! }
  })
  const [x, w, scale, bias] = [varied(N * C), varied(N * C, 5), varied(C, 2), varied(C, 3)]
  const found = await outputsOf(device, graph, { x, w, scale, bias })

  const mean = (row: number, value: (i: number) => number) =>
    Array.from({ length: C }, (_, c) => value(row * C + c)).reduce((all, v) => all + v, 0) / C
  const rowOf = (i: number) => Math.floor(i / C)
  const centred = Array.from(x, (value, i) => value - mean(rowOf(i), (k) => x[k]))
  const deviation = (row: number) => Math.sqrt(mean(row, (i) => centred[i] ** 2) + epsilon)
  const body = centred.map((value, i) => value / deviation(rowOf(i)))
  const scaled = Array.from(w, (value, i) => value * scale[i % C])
  assertClose(
    found.y,
    body.map((value, i) => value * scale[i % C] + bias[i % C]),
  )
  assertClose(
    found.slope,
    scaled.map((value, i) => {
      const row = rowOf(i)
      return (value - mean(row, (k) => scaled[k]) - body[i] * mean(row, (k) => scaled[k] * body[k])) / deviation(row)
    }),
  )
}
