import { IterativeAttack } from '../../../src/attack/iterative-attack.ts'
import { unitVectors, type Vectors } from '../../../src/evaluate/features/vectors.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import { candidates, keptCentres } from '../../../src/systems/smi-attack/candidates.ts'
import { candidateSimilarities, contrastivePlan } from '../../../src/systems/smi-attack/contrastive-attack.ts'
import type { GraphEncoder } from '../../../src/systems/smi-attack/graph-encoder.ts'
import { smiOptions } from '../../../src/systems/smi-attack/options.ts'
import { BUDGET, gradientOrderOf, STEPS } from '../../../src/systems/smi-attack/options-of-parts.ts'
import { f32 } from '../../../src/tensor/index.ts'
import type { Adapter, Checker, GoldenTest, Values } from '../../adapter.ts'
import { stridesOf } from '../../fixtures/number-array.ts'
import { channelFirstBatchOf, fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'
import { fillByName, runNetwork } from '../../networks/run-network.ts'
import { graphEncoderOf } from '../../systems/smi-attack/encoders.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'attack-loop',
  async run(test, check) {
    const { encoder: config, dropped_centres: dropped, iterations } = { ...RELEASED, ...test.config }
    const encoder = graphEncoderOf(config)
    fillByName(encoder, test)
    const clean = test.values(fromChannelFirstBatch(test.inputs.x))
    const features = await cleanFeatures(encoder, clean)
    if (check.has(['clean_features'])) check.close(['clean_features'], features, { relative: 1e-4 })
    const { data, shape } = test.values(test.inputs.centres)
    const centres: Vectors = { data: Float64Array.from(data), count: shape[0], size: shape[1] }
    const unit = unitVectors({ data: Float32Array.from(features.data), count: shape0(features), size: shape[1] })
    for (const name of check.has(['kept_centres_nearest_first']) ? check.keys(['kept_centres_nearest_first']) : []) {
      const kept = keptCentres(unit, Number(name.replace('sample_', '')), centres, dropped)
      check.equal(['kept_centres_nearest_first', name], kept)
    }
    const offered = candidates(unit, centres, dropped)
    if (check.has(['first_similarities'])) await checkSimilarities(check, encoder, clean, offered)
    if (iterations > 0) await checkAttack(test, check, encoder, clean, offered)
  },
}

const options = smiOptions.parse({})
const order = gradientOrderOf(options.order)

/** The options of S2MI-FGSM as released, by their names in the fixtures. */
const RELEASED = {
  encoder: {},
  dropped_centres: options.droppedCentres,
  iterations: options.iterations,
  alpha: BUDGET / STEPS,
  eps: BUDGET,
  mu: options.attackMomentum,
  momentum: true,
  first_order: order.firstOrder,
  second_order: order.secondOrder,
}

async function cleanFeatures(encoder: GraphEncoder, clean: Values): Promise<Values> {
  const run = await runNetwork(
    encoder,
    { x: f32(...clean.shape) },
    { x: Float32Array.from(clean.data) },
    ({ x }) => ({ features: encoder.features(x) }),
    { training: false },
  )
  return run.outputs.get('features')!
}

async function checkSimilarities(check: Checker, encoder: GraphEncoder, clean: Values, offered: Float32Array) {
  const columns = offered.length / (shape0(clean) * encoder.featureSize)
  const run = await runNetwork(
    encoder,
    { x: f32(...clean.shape), offered: f32(shape0(clean), columns, encoder.featureSize) },
    { x: Float32Array.from(clean.data), offered },
    (tensors) => ({ similarities: candidateSimilarities(encoder, tensors.x, tensors.offered) }),
    { training: false },
  )
  check.close(['first_similarities'], run.outputs.get('similarities')!, { relative: 1e-4 })
}

async function checkAttack(
  test: GoldenTest,
  check: Checker,
  encoder: GraphEncoder,
  clean: Values,
  offered: Float32Array,
): Promise<void> {
  const config = { ...RELEASED, ...test.config }
  const { iterations } = config
  const shape = clean.shape as unknown as readonly [number, number, number, number, number]
  const order = { firstOrder: config.first_order, secondOrder: config.second_order }
  const plan = contrastivePlan(encoder, shape, offered.length / (shape[0] * encoder.featureSize), order)
  const device = new CpuDevice({ threads: 2 })
  device.push([...encoder.variables()].map(([, variable]) => variable))
  const losses: number[] = []
  const coefficients = (rule: unknown) => Float32Array.from(test.values(fromChannelFirstBatch(rule)).data)
  const constants = {
    candidates: offered,
    first: coefficients(test.inputs.AR1),
    second: coefficients(test.inputs.AR2),
  }
  const closeness = { relative: test.tolerance.relative_direction ?? 1e-3 }
  const momentum = config.momentum ? config.mu : 0
  const options = { iterations, stepSize: config.alpha, budget: config.eps, momentum, firstMoves: true }
  const attack = await IterativeAttack.compile(plan, options, device)
  const directions: Values[] = []
  const moved = await attack.run(Float32Array.from(clean.data), constants, {
    async onIteration(done, objective) {
      // The authors go down the negated objective.
      losses.push(-objective)
      const wanted = done === 1 || done === iterations
      if (wanted) directions.push(channelFirstBatchOf((await attack.direction()).map(negated), shape))
    },
  })
  await attack.release()
  check.close(['loss'], losses, { relative: test.tolerance.relative_loss ?? 1e-4 })
  check.close(['direction_first'], directions[0], closeness)
  check.close(['direction_last'], directions[directions.length - 1], closeness)
  checkMoved(test, check, channelFirstBatchOf(clean.data, shape), channelFirstBatchOf(moved, shape))
}

/** Clean and attacked clips as the authors hold them, (N, C, T, V, M). */
function checkMoved(test: GoldenTest, check: Checker, clean: Values, moved: Values): void {
  // A flipped sign moves a coordinate by two steps.
  const { alpha } = { ...RELEASED, ...test.config }
  const { absolute_position: absolute = 2 * alpha, relative_delta_sum: relative = 1e-2 } = test.tolerance
  const delta = Float64Array.from(moved.data, (value, i) => value - clean.data[i])
  check.close(['adversarial'], moved, { relative: 1e-5, absolute })
  check.close(['delta'], { data: delta, shape: moved.shape }, { relative, absolute })
  check.equal(['moved'], delta.filter((value) => Math.abs(value) > 1e-9).length)
  const strides = stridesOf(moved.shape)
  const joint = (sample: number, frame: number, at: number, person: number) =>
    Array.from({ length: moved.shape[1] }, (_, channel) =>
      [sample, channel, frame, at, person].reduce((sum, i, axis) => sum + i * strides[axis], 0),
    ).map((i) => moved.data[i])
  for (const key of check.keys([])) {
    const found = /^sample(\d+)_frame(\d+)_joint(\d+)(?:_person(\d+))?$/.exec(key)
    if (!found) continue
    const [sample, frame, at, person = 0] = found
      .slice(1)
      .map((digits) => (digits ? Number(digits) : undefined)) as number[]
    check.close([key], joint(sample, frame, at, person), { relative: 1e-5, absolute })
  }
}

const shape0 = ({ shape }: Values) => shape[0]

const negated = (value: number) => -value
