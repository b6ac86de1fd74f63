import { CounterStream } from '../../../src/random/counter-stream.ts'
import { sizeOf, type Tensor } from '../../../src/tensor/index.ts'
import { type Fed, randomFed, type Tensors } from '../run-graph.ts'
import { LARGE_STEPS } from './large-steps.ts'
import { LAYOUT_STEPS } from './layout-steps.ts'
import { POINTWISE_STEPS } from './pointwise-steps.ts'
import { REDUCTION_STEPS } from './reduction-steps.ts'
import { LARGEST, Source, type Step } from './source.ts'
import { WINDOW_STEPS } from './window-steps.ts'

export interface RandomGraph {
  readonly inputs: Readonly<Record<string, Fed>>
  /** Builds the same graph whenever it is called. */
  readonly body: (tensors: Tensors) => Tensors
  /** The steps that it is made of, in order. */
  readonly steps: readonly string[]
}

const GROUPS: readonly Readonly<Record<string, Step>>[] = [POINTWISE_STEPS, LAYOUT_STEPS, REDUCTION_STEPS, WINDOW_STEPS]
const STEPS: Readonly<Record<string, Step>> = Object.assign({}, ...GROUPS, LARGE_STEPS)

/**
 * A graph of random steps over inputs of random shapes, the same for the same seed. Later steps take earlier results, so
 * that some are shared; up to three results are outputs.
 * @param wanted steps that the graph is sure to contain
 */
export function randomGraph(seed: number, wanted: readonly string[] = []): RandomGraph {
  const stream = new CounterStream(seed).fork('random graph')
  const inputs: Record<string, Fed> = {}
  for (let i = stream.integer(1, 4); i > 0; i--) {
    const shape = Array.from({ length: stream.integer(0, 5) }, () => stream.integer(1, 5))
    while (sizeOf(shape) > LARGEST / 2) shape.pop()
    inputs[`x${i}`] = randomFed(shape, stream.integer(0, 2 ** 31), -1.5, 1.5)
  }
  const steps = Array.from({ length: stream.integer(2, 12) }, () => {
    const group = stream.unit() < 0.04 ? LARGE_STEPS : stream.choice(GROUPS)
    return stream.choice(Object.keys(group))
  })
  for (const name of wanted) steps.splice(stream.integer(0, steps.length + 1), 0, name)
  return { inputs, steps, body: (tensors) => grown(tensors, steps, new CounterStream(seed)) }
}

/** The names of all steps. */
export const STEP_NAMES = Object.keys(STEPS)

function grown(tensors: Tensors, steps: readonly string[], stream: CounterStream): Tensors {
  const pool: Tensor[] = Object.values(tensors)
  steps.forEach((name, i) => {
    const results = STEPS[name](new Source(stream.fork(name, i), pool))
    for (const t of Array.isArray(results) ? (results as readonly Tensor[]) : [results as Tensor]) {
      if (sizeOf(t.shape) <= LARGEST) pool.push(t)
    }
  })
  const outputs = pool.slice(-Math.min(3, pool.length - Object.keys(tensors).length || 1))
  return Object.fromEntries(outputs.map((t, i) => [`y${i}`, t]))
}
