import * as ort from 'onnxruntime-node'
import { expect } from 'vitest'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { blockSize } from '../../../src/runtime/cpu/block-size.ts'
import { computeAgain } from '../../../src/runtime/cpu/compute-again.ts'
import { hideShapes } from '../../../src/runtime/cpu/hide-shapes.ts'
import { onnxRuntime } from '../../../src/runtime/cpu/onnxruntime.ts'
import { cpuPasses, type Pass } from '../../../src/runtime/cpu/passes.ts'
import {
  add,
  constant,
  exportOnnx,
  gradients,
  multiply,
  scalar,
  sizeOf,
  sum,
  type Tensor,
  trace,
} from '../../../src/tensor/index.ts'
import type { Node } from '../../../src/tensor/tensor.ts'
import { evaluate } from '../reference/evaluate.ts'
import type { Values } from '../reference/values.ts'
import { compileGraph, type Fed, type Tensors } from '../run-graph.ts'
import type { RandomGraph } from './generate.ts'

/** What was compared, besides what was found equal. */
export interface Report {
  readonly operators: ReadonlySet<string>
  /** Derivatives at a kink, or results that rounding changes too much to compare them. */
  readonly skipped: number
  readonly compared: number
}

type Numbers = Readonly<Record<string, ArrayLike<number>>>

/**
 * Compares a graph and its gradients
 * - on the CPU, with all its passes, with the reference evaluator, within what rounding may do; to the passes that look
 *   at large tensors only, every tensor is large;
 * - the gradients, evaluated in float64, with central differences of the graph in float64.
 */
export async function checkRandomGraph({ inputs, body }: RandomGraph): Promise<Report> {
  const names = Object.keys(inputs)
  const whole = (tensors: Tensors): Tensors => {
    const outputs = body(tensors)
    const loss = weighted(Object.values(outputs))
    const found = gradients(
      loss,
      names.map((name) => tensors[name]),
    )
    return {
      ...outputs,
      loss,
      ...Object.fromEntries(found.flatMap((d, i) => (d ? [[`d ${names[i]}`, d] as const] : []))),
    }
  }
  const compiled = await compileGraph(inputs, whole, { passes: await allPasses() })
  const computed = await compiled.run()
  await compiled.release()

  const fed: Numbers = Object.fromEntries(Object.entries(inputs).map(([name, { data }]) => [name, data]))
  const outputs = compiled.graph.outputs
  const exact = evaluate(
    outputs.map(({ tensor }) => tensor),
    fed,
  )
  const roundings = roundedResults(
    outputs.map(({ tensor }) => tensor),
    fed,
  )
  let [skipped, compared] = [0, 0]
  outputs.forEach(({ name }, i) => {
    const allowed = tolerance(
      exact[i],
      roundings.map((results) => results[i]),
    )
    if (allowed === undefined) skipped++
    else {
      compared++
      expectClose(Array.from(computed[name]), exact[i].data, allowed, name)
    }
  })
  const derived = Object.fromEntries(outputs.map(({ name }, i) => [name, exact[i]]))
  for (const name of names) {
    if (checkDerivative(inputs, body, derived[`d ${name}`], name)) compared++
    else skipped++
  }
  return { operators: operatorsOf(outputs.map(({ tensor }) => tensor)), skipped, compared }
}

const WHERE_ALL_IS_LARGE: Readonly<Record<string, Pass['apply']>> = {
  'compute-again': (roots) => computeAgain(roots, 0),
  'hide-shapes': (roots) => hideShapes(roots, 0),
}

async function allPasses(): Promise<Pass[]> {
  const passes = cpuPasses(await blockSize(onnxRuntime()))
  return passes.map(({ name, apply }) => ({ name, apply: WHERE_ALL_IS_LARGE[name] ?? apply }))
}

/**
 * Compares an exported file of the graph, all inputs but the first fixed in it, with the reference evaluator: the
 * passes of an export move and fold constants.
 */
export async function checkExportedGraph({ inputs, body }: RandomGraph): Promise<void> {
  const [[name, first], ...others] = Object.entries(inputs)
  const graph = trace({ [name]: { dtype: 'f32', shape: first.shape } }, (fed) => {
    const fixed = others.map(([key, { shape, data }]) => [key, constant(data, shape)])
    return body({ ...fed, ...Object.fromEntries(fixed) })
  })
  const tensors = graph.outputs.map(({ tensor }) => tensor)
  const fed = { [name]: first.data }
  const exact = evaluate(tensors, fed)
  const roundings = roundedResults(tensors, fed)
  const session = await ort.InferenceSession.create(exportOnnx(graph), { intraOpNumThreads: 1, logSeverityLevel: 3 })
  const computed = await session.run({ [name]: new ort.Tensor('float32', first.data as Float32Array, first.shape) })
  await session.release()
  graph.outputs.forEach((output, i) => {
    const allowed = tolerance(
      exact[i],
      roundings.map((results) => results[i]),
    )
    const found = Array.from(computed[output.name].data as Float32Array)
    if (allowed !== undefined) expectClose(found, exact[i].data, allowed, `exported ${output.name}`)
  })
}

/** sum(y * w) over all outputs, w fixed and random. */
function weighted(outputs: readonly Tensor[]): Tensor {
  const stream = new CounterStream('weights of outputs')
  return outputs.reduce((total: Tensor, y) => {
    const weights = Float32Array.from(
      { length: sizeOf(y.shape) },
      () => stream.uniform(0.5, 1.5) * stream.choice([-1, 1]),
    )
    return add(total, sum(multiply(y, constant(weights, y.shape)), undefined, { keepAxes: false }))
  }, scalar(0))
}

/** An operator of float32 is off by so much at the most: two units in the last place. */
const UNIT = 2 ** -22
const SAMPLES = 4

/** The results with random errors of that size in every operation: what float32 may make of them. */
function roundedResults(tensors: readonly Tensor[], fed: Numbers): Values[][] {
  const stream = new CounterStream('rounding')
  return Array.from({ length: SAMPLES }, () => evaluate(tensors, fed, { rounding: () => stream.uniform(-UNIT, UNIT) }))
}

/** The allowed difference; `undefined` where rounding changes more than a hundredth of the largest value. */
function tolerance(exact: Values, rounded: readonly Values[]): number | undefined {
  const largest = exact.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  let spread = 0
  for (const { data } of rounded) {
    for (let i = 0; i < data.length; i++) spread = Math.max(spread, Math.abs(data[i] - exact.data[i]))
  }
  if (!(spread <= largest / 100 + 1e-6)) return undefined
  return 6 * spread + 4 * UNIT * largest + 1e-30
}

function expectClose(actual: readonly number[], wanted: readonly number[], allowed: number, name: string): void {
  expect(actual.length, name).toBe(wanted.length)
  for (const [i, value] of actual.entries()) {
    const isClose = Math.abs(value - wanted[i]) <= allowed
    if (!isClose) expect.fail(`${name}[${i}] is ${value} instead of ${wanted[i]}, more than ${allowed} apart`)
  }
}

const STEP = 1e-5

/**
 * Compares the derivative along a random direction with the central difference; false where both one-sided differences
 * disagree, at a kink.
 */
function checkDerivative(
  inputs: RandomGraph['inputs'],
  body: RandomGraph['body'],
  gradient: Values | undefined,
  name: string,
): boolean {
  const types = Object.fromEntries(
    Object.entries(inputs).map(([key, { shape }]) => [key, { dtype: 'f32' as const, shape }]),
  )
  const { outputs } = trace(types, (tensors) => ({ loss: weighted(Object.values(body(tensors))) }))
  const loss = outputs[0].tensor
  const stream = new CounterStream('direction')
  const direction = Array.from(inputs[name].data, () => stream.uniform(0.5, 1) * stream.choice([-1, 1]))
  // What is kept from differentiation stays what it is at the point itself.
  const stopped = new Map<Node, readonly Values[]>()
  const at = (distance: number) => {
    const fed = Object.fromEntries(
      Object.entries(inputs).map(([key, { data }]: [string, Fed]) => [
        key,
        Array.from(data, (value, i) => (key === name ? value + distance * direction[i] : value)),
      ]),
    )
    return evaluate([loss], fed, { stopped })[0].data[0]
  }
  const [here, above, below] = [at(0), at(STEP), at(-STEP)]
  const slopes = [(above - here) / STEP, (here - below) / STEP]
  const terms = direction.map((d, i) => d * (gradient?.data[i] ?? 0))
  const expected = terms.reduce((total, term) => total + term, 0)
  const scale = terms.reduce((total, term) => total + Math.abs(term), Math.abs(here) * 1e-3 + 1e-3)
  if (Math.abs(slopes[0] - slopes[1]) > 2e-3 * scale) return false
  const found = (slopes[0] + slopes[1]) / 2
  if (!(Math.abs(found - expected) <= 1e-5 * scale)) {
    expect.fail(`the derivative by ${name} is ${expected}, its central difference ${found}`)
  }
  return true
}

function operatorsOf(tensors: readonly Tensor[]): Set<string> {
  const seen = new Set<Node>()
  const pending = tensors.map(({ node }) => node)
  while (pending.length > 0) {
    const node = pending.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    const next: readonly Tensor[] = node.operator === 'Composite' ? node.attributes.body : node.inputs
    for (const t of next) pending.push(t.node)
  }
  return new Set([...seen].map(({ operator }) => operator))
}
