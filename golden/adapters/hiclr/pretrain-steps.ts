import { jointsByFrameMask } from '../../../src/augment/space/random-masks.ts'
import { Sgd } from '../../../src/nn/index.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import type { CompiledStep, Device, HostArray } from '../../../src/runtime/device.ts'
import type { ContrastiveNetwork } from '../../../src/systems/hiclr/contrastive-network.ts'
import { type PretrainingTerms, pretrainingTerms } from '../../../src/systems/hiclr/pretraining-step.ts'
import { type BatchShape, maskedView } from '../../../src/systems/hiclr/strong-view.ts'
import { cast, f32, gradients, read, softmax, type Tensor, trace } from '../../../src/tensor/index.ts'
import type { Adapter, Checker, GoldenTest, Values } from '../../adapter.ts'
import { totals } from '../../comparison/compare.ts'
import { checkBuffers, checkGradients, checkParameterNames, gradientTolerance } from '../../networks/network-checks.ts'
import { clipsOf, contrastiveNetwork, fillHiclr } from '../../systems/hiclr/networks.ts'
import { hiclrStream } from '../../systems/hiclr/streams.ts'

const VIEWS = { query_basic: 'queryBasic', key_basic: 'keyBasic', normal: 'normal', masked: 'strong' } as const

interface StepInputs {
  readonly mining?: boolean
  readonly [view: string]: unknown
}

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'pretrain-steps',
  async run(test, check) {
    const network = contrastiveNetwork(test.config.model)
    checkParameterNames(check, test, network.trained())
    fillHiclr(network, test)
    const device = new CpuDevice({ threads: 2 })
    const steps = test.inputs.steps as StepInputs[]
    const shape = clipsOf(test, steps[0].query_basic).shape as unknown as BatchShape
    const run = createSteps(test, network, shape, device)
    for (const [i, step] of steps.entries()) {
      const views = Object.entries(VIEWS).map(([theirs, ours]) => [ours, viewOf(test, step[theirs])] as const)
      const [, , T, V] = shape
      const mask = jointsByFrameMask(
        { frames: T, joints: V },
        test.config.mask_ratio ?? 0.1,
        test.stream(test.draws.steps[i]),
      )
      const outputs = await run(step.mining ?? false, { ...Object.fromEntries(views), mask: mask.data })
      await device.pull([...network.variables()].map(([, variable]) => variable))
      checkStep(test, check, i, outputs, network)
    }
    const buffers = new Map(network.buffers().map(({ name, values, shape }) => [name, { data: values, shape }]))
    checkBuffers(check, ['buffers_after'], buffers, { relative: test.tolerance?.relative ?? 1e-4 })
  },
}

/** Both phases of pre-training on one device, whose state goes on from step to step. */
function createSteps({ config }: GoldenTest, network: ContrastiveNetwork, shape: BatchShape, device: Device) {
  const { optimizer, topk, model } = config
  const { lr = 0.01, momentum = 0.9, nesterov = true, weight_decay: weightDecay = 1e-4 } = optimizer ?? {}
  const sgd = new Sgd(network.trained(), { momentum, nesterov, weightDecay })
  const strong = maskedView(shape, config.mask_ratio ?? 0.1, network.mask_param)
  const compiled = new Map<boolean, Promise<{ step: CompiledStep; shapes: Map<string, readonly number[]> }>>()
  const compile = async (mining: boolean) => {
    const view = f32(...shape)
    const options = { momentum: model.momentum, temperature: model.Temperature, mining, topk }
    const graph = trace(
      { queryBasic: view, keyBasic: view, normal: view, strong: view, learningRate: f32(), ...strong.inputs },
      (tensors) => {
        const { learningRate, ...views } = tensors
        const encode = (x: Tensor) => strong.encode(network.encoder_q, x, tensors)
        const terms = pretrainingTerms(network, views, encode, options)
        const found = gradients(terms.loss, network.trained().map(read))
        const named = network.trained().map(({ name }, i) => [`gradient:${name}`, found[i]] as const)
        sgd.update(terms.loss, learningRate)
        return { ...outputsOf(terms), ...Object.fromEntries(named.filter(([, gradient]) => gradient)) } as Record<
          string,
          Tensor
        >
      },
      { training: true },
    )
    const shapes = new Map(graph.outputs.map(({ name, tensor }) => [name, tensor.shape]))
    return { step: await device.compile(graph), shapes }
  }
  return async (mining: boolean, feeds: Record<string, HostArray>): Promise<Map<string, Values>> => {
    if (!compiled.has(mining)) compiled.set(mining, compile(mining))
    const { step, shapes } = await compiled.get(mining)!
    const results = await step.run({ ...feeds, learningRate: Float32Array.of(lr) })
    return new Map([...shapes].map(([name, own]) => [name, { data: results[name], shape: own }]))
  }
}

function outputsOf({ loss, contrast, consistency, logits, positives }: PretrainingTerms): Record<string, Tensor> {
  const [basic, normal, strong] = logits
  const outputs: Record<string, Tensor> = {
    logits: basic,
    p1_softmax_of_branch2: softmax(normal),
    p2_softmax_of_branch3: softmax(strong),
    target_p: softmax(basic),
    target_p1: softmax(normal),
    loss1: contrast,
    loss2: consistency[0],
    loss3: consistency[1],
    loss,
  }
  if (positives) Object.assign(outputs, { columns: cast(positives.columns, 'f32'), weights: positives.weights })
  return outputs
}

const TERMS = ['logits', 'p1_softmax_of_branch2', 'p2_softmax_of_branch3', 'target_p', 'target_p1'] as const
const LOSSES = ['loss1', 'loss2', 'loss3', 'loss'] as const

function checkStep(
  test: GoldenTest,
  check: Checker,
  i: number,
  outputs: ReadonlyMap<string, Values>,
  network: ContrastiveNetwork,
): void {
  const path = ['steps', i] as const
  const closeness = { relative: test.tolerance?.relative ?? 1e-4 }
  for (const name of TERMS) if (check.has([...path, name])) check.close([...path, name], outputs.get(name)!, closeness)
  for (const name of LOSSES) check.close([...path, name], outputs.get(name)!.data[0], closeness)
  if (check.has([...path, 'positive_indices'])) check.equal([...path, 'positive_indices'], positiveColumns(outputs))
  const found = [...outputs].filter(([name]) => name.startsWith('gradient:'))
  const gradients = new Map(found.map(([name, values]) => [name.slice('gradient:'.length), values]))
  const tolerance = gradientTolerance(test)
  if (check.has([...path, 'gradients'])) checkGradients(check, [...path, 'gradients'], gradients, tolerance)
  if (check.has([...path, 'gradient_norm_sum'])) {
    const sum = [...gradients.values()].reduce((total, { data }) => total + totals(data).l2, 0)
    check.close([...path, 'gradient_norm_sum'], sum, { relative: tolerance.relative as number })
  }
  checkState(check, [...path, 'after'], network, closeness)
}

/** The columns that count as positives, ascending, for every sample. */
function positiveColumns(outputs: ReadonlyMap<string, Values>): number[][] {
  const columns = outputs.get('columns')!
  const weights = outputs.get('weights')!
  const [N, R] = columns.shape
  return Array.from({ length: N }, (_, n) =>
    Array.from({ length: R }, (_, r) => n * R + r)
      .filter((at) => weights.data[at] === 1)
      .map((at) => columns.data[at])
      .sort((a, b) => a - b),
  )
}

function checkState(
  check: Checker,
  path: readonly (string | number)[],
  network: ContrastiveNetwork,
  closeness: { relative: number },
): void {
  if (!check.has(path)) return
  const { queue, queue_ptr, mask_param } = network
  check.close([...path, 'queue'], { data: queue.values, shape: queue.shape }, closeness)
  check.equal([...path, 'queue_ptr'], queue_ptr.values[0])
  check.close([...path, 'mask_param'], mask_param.values[0], closeness)
  const variables = new Map([...network.variables()])
  for (const name of check.keys([...path, 'parameters_after'])) {
    const { values, shape } = variables.get(name)!
    check.close([...path, 'parameters_after', name], { data: values, shape }, closeness)
  }
}

/** A batch of the authors' views as its stream, (N, M, T, V, C). */
function viewOf(test: GoldenTest, rule: unknown): Float32Array {
  const { data, shape } = clipsOf(test, rule)
  const [N, M, frames, joints, channels] = shape
  const points = { data: Float32Array.from(data), persons: N * M, frames, joints, channels }
  return Float32Array.from(hiclrStream(points, test.config.stream ?? 'joint').data)
}
