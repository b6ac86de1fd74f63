import { describe, expect, it } from 'vitest'
import { BatchNorm, type BatchNormOptions, initialize, nameParts } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { constant, f32, gradients, multiply, read, sum, trace } from '../../src/tensor/index.ts'
import { runSteps } from '../tensor/run-state.ts'
import { exactNormalization } from './exact-normalization.ts'

/** torch.nn.BatchNorm1d(2) of PyTorch 2.9.1 on the layer, x and loss sum(y w) of `run`, rounded to six decimals. */
// biome-ignore format: tables of numbers
const PYTORCH = {
  training: {
    y: [-1.457542, 0.250237, 1.21267, 1.034958, 1.071543, 1.436578, 1.706889, 1.741842, -2.026459, -0.309178, 1.388651,
      2.32636, 0.543538, 0.822293, 1.187217, 1.453178, -1.898321, -0.887159, 0.839175, 2.526608, 0.235782, 0.290248,
      0.573096, 0.937797],
    dx: [1.072411, 0.998945, 0.828601, 0.579946, -0.09151, -0.078601, -0.045504, 0.027422, -1.058415, -1.282063,
      -1.406167, -1.41325, 0.372382, 0.269267, 0.130822, -0.000999, -0.045185, 0.301133, 0.598163, 0.825879, -0.101007,
      -0.122966, -0.163587, -0.195718],
    dWeight: [0.158783, 4.054239],
    dBias: [1.718226, 1.103286],
    mean: [0.588824, -0.318082],
    variance: [1.962239, 0.780917],
  },
  evaluation: {
    y: [-0.280329, 1.192326, 2.022252, 1.869007, -0.11013, 0.788978, 1.454772, 1.540864, -0.770918, 0.709931,
      2.174004, 2.98261, -1.410643, -0.724048, 0.174785, 0.829866, -0.660421, 0.211525, 1.70018, 3.155289, -2.168665,
      -2.034514, -1.337839, -0.439554],
    dx: [1.060658, 1.013285, 0.875398, 0.659315, -0.256223, -0.050018, 0.160655, 0.356977, -0.782122, -0.958911,
      -1.050043, -1.047378, 0.634098, 0.513307, 0.346663, 0.149054, 0.092806, 0.400905, 0.673192, 0.885344, -0.678936,
      // biome-ignore lint/suspicious/noApproximativeNumericConstant: happens to round to 0.707
      -0.707, -0.671909, -0.576799],
    dWeight: [1.216107, 12.824288],
    dBias: [1.718226, 1.103286],
    mean: [0.5, -0.5],
    variance: [2, 0.5],
  },
}

/** One run on x = 2 sin(0.7 i) + 0.1 i of shape (3, 2, 4) with w = cos(0.3 i). */
async function run(training: boolean, options: BatchNormOptions) {
  const layer = new BatchNorm(2, options)
  layer.weight!.values.set([1.5, -0.5])
  layer.bias!.values.set([0.25, 1])
  layer.running_mean!.values.set([0.5, -0.5])
  layer.running_var!.values.set([2, 0.5])
  const graph = trace(
    { x: f32(3, 2, 4), w: f32(3, 2, 4) },
    ({ x, w }) => {
      const y = layer.forward(x)
      const [dx, dWeight, dBias] = gradients(sum(multiply(y, w)), [x, read(layer.weight!), read(layer.bias!)])
      return { y, dx: dx!, dWeight: dWeight!, dBias: dBias! }
    },
    { training },
  )
  const device = new CpuDevice({ threads: 1 })
  const results = await (await device.compile(graph)).run({
    x: Float32Array.from({ length: 24 }, (_, i) => 2 * Math.sin(0.7 * i) + 0.1 * i),
    w: Float32Array.from({ length: 24 }, (_, i) => Math.cos(0.3 * i)),
  })
  device.pull(layer.buffers())
  return { ...results, mean: layer.running_mean!.values, variance: layer.running_var!.values }
}

describe.each([true, false])('batch normalisation, twoPass %s', (twoPass) => {
  it.each(['training', 'evaluation'] as const)('equals PyTorch in %s', async (mode) => {
    const results: Record<string, ArrayLike<number>> = await run(mode === 'training', { twoPass })
    for (const [name, wanted] of Object.entries(PYTORCH[mode])) {
      wanted.forEach((value, i) => {
        expect(Math.abs(results[name][i] - value), `${name}[${i}]`).toBeLessThan(5e-6)
      })
    }
  })

  it('moves the running statistics by the momentum', async () => {
    const { mean, variance } = await run(true, { twoPass, momentum: 1 })
    const batch = await run(true, { twoPass, momentum: 0.1 })
    ;[0.5, -0.5].forEach((start, c) => {
      expect(batch.mean[c]).toBeCloseTo(0.9 * start + 0.1 * mean[c], 6)
      expect(batch.variance[c]).toBeCloseTo(0.9 * [2, 0.5][c] + 0.1 * variance[c], 6)
    })
  })
})

it('running statistics of two passes in one step move twice, as in PyTorch', async () => {
  const layer = nameParts(new BatchNorm(1))
  const clips = (mean: number) => constant(Float32Array.of(mean - 1, mean + 1), [2, 1, 1, 1])
  const graph = trace(
    {},
    () => {
      layer.forward(clips(10))
      layer.forward(clips(20))
      return {}
    },
    { training: true },
  )
  await runSteps(graph, layer.buffers())
  expect(layer.running_mean?.values[0]).toBeCloseTo(0.9 * (0.1 * 10) + 0.1 * 20, 5)
  expect(layer.running_var?.values[0]).toBeCloseTo(0.9 * (0.9 + 0.1 * 2) + 0.1 * 2, 5)
})

/** One channel of 256 values of a normal distribution, normalised in training with momentum 1. */
async function normalizeOffset(mean: number, deviation: number, twoPass: boolean) {
  const stream = new CounterStream(1)
  const x = Float32Array.from({ length: 256 }, () => stream.normal(mean, deviation))
  const w = Float32Array.from({ length: 256 }, () => stream.uniform(-1, 1))
  const layer = initialize(new BatchNorm(1, { twoPass, momentum: 1 }), stream)
  const graph = trace(
    { x: f32(256, 1), w: f32(256, 1) },
    (t) => {
      const y = layer.forward(t.x)
      return { y, dx: gradients(sum(multiply(y, t.w)), [t.x])[0]! }
    },
    { training: true },
  )
  const device = new CpuDevice({ threads: 1 })
  const { y, dx } = await (await device.compile(graph)).run({ x, w })
  device.pull(layer.buffers())
  const wanted = exactNormalization(x, w)
  const worst = (a: ArrayLike<number>, b: readonly number[]) => Math.max(...b.map((value, i) => Math.abs(a[i] - value)))
  return {
    output: worst(y, wanted.y),
    gradient: worst(dx, wanted.dx) * deviation,
    variance: Math.abs((layer.running_var!.values[0] * 255) / 256 / wanted.variance - 1),
    y: [...y],
    values: [...y, ...dx, layer.running_var!.values[0]],
  }
}

describe('batch normalisation far from the origin', () => {
  it.each([
    [1000, 1],
    [-1000, 1],
    [500, 0.1],
  ])('with twoPass is accurate at mean %d and deviation %d', async (mean, deviation) => {
    const error = await normalizeOffset(mean, deviation, true)
    // One rounding of a float32 number of that size, in units of the deviation.
    const rounding = (Math.abs(mean) / deviation) * 2 ** -24
    expect(error.output).toBeLessThan(4 * rounding)
    expect(error.gradient).toBeLessThan(4 * rounding)
    expect(error.variance).toBeLessThan(4 * rounding)
  })

  it('without twoPass loses the square of that in the variance', async () => {
    for (const ratio of [1, 3, 10, 30]) {
      const error = await normalizeOffset(ratio, 1, false)
      // E[x^2] - mean^2, in units of the variance: a sum of n values is off by about sqrt(n) roundings, here 16, and
      // the error of the mean counts twice in its square.
      const bound = 16 * 2 ** -24 * (1 + ratio ** 2 + 2 * ratio ** 2)
      expect(error.variance).toBeLessThan(bound)
      // y is up to three deviations long and takes half of the relative error of the variance; the mean adds its own.
      expect(error.output).toBeLessThan(1.5 * bound + 16 * 2 ** -24 * ratio)
    }
    const [onePass, twoPass] = [await normalizeOffset(30, 1, false), await normalizeOffset(30, 1, true)]
    expect(twoPass.variance).toBeLessThan(onePass.variance / 10)
  })

  it('without twoPass stays finite where nothing of the variance is left', async () => {
    const { values } = await normalizeOffset(1e5, 1, false)
    expect(values.every(Number.isFinite)).toBe(true)
    expect(values.at(-1)).toBeGreaterThanOrEqual(0)
  })

  it('gives the bias and a finite gradient for a channel that does not vary', async () => {
    for (const twoPass of [true, false]) {
      const { y, values } = await normalizeOffset(8, 0, twoPass)
      expect(y.every((value) => value === 0)).toBe(true)
      expect(values.every(Number.isFinite)).toBe(true)
      expect(values.at(-1)).toBe(0)
    }
  })
})
