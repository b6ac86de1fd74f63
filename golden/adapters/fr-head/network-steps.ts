import { predictions } from '../../../src/evaluate/scores/scores.ts'
import { crossEntropy } from '../../../src/nn/index.ts'
import { RefinedClassifier } from '../../../src/systems/fr-head/refined-classifier.ts'
import { add, f32, i32, multiply, scalar } from '../../../src/tensor/index.ts'
import type { Adapter, Checker, GoldenTest } from '../../adapter.ts'
import { fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'
import { scoresOf } from '../../inputs/scores.ts'
import {
  checkBuffers,
  checkGradientNorm,
  checkGradients,
  checkParameterNames,
  gradientTolerance,
} from '../../networks/network-checks.ts'
import { compileNetwork, type NetworkRun, runNetwork } from '../../networks/run-network.ts'
import { fillWithMemories, keepBuffers, memoryName } from '../../systems/fr-head/contrastive.ts'
import { authorsNetwork } from '../../systems/fr-head/network.ts'

type Network = ReturnType<typeof authorsNetwork>

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'network-steps',
  async run(test, check) {
    const network = authorsNetwork(test.config.module, test.config.arguments)
    checkParameterNames(check, test, network.parameters())
    fillWithMemories(network, test, test.inputs.memory_by_name ?? {})
    const { data, shape } = test.values(fromChannelFirstBatch(test.inputs.x))
    const clips = { x: f32(...shape) }
    const x = Float32Array.from(data)
    if (check.has(['eval'])) {
      const observe = check.keys(['eval', 'modules'])
      const body = ({ x }: { x: Parameters<Network['forward']>[0] }) => ({ output: network.forward(x) })
      const run = await runNetwork(network, clips, { x }, body, { training: false, observe })
      check.close(['eval', 'output'], run.outputs.get('output')!, closenessOf(test))
      check.use(['eval', 'max_abs_output'])
      checkModules(test, check, ['eval', 'modules'], run)
    }
    if (check.has(['steps'])) await checkSteps(test, check, network, x, shape)
  },
}

async function checkSteps(
  test: GoldenTest,
  check: Checker,
  network: Network,
  x: Float32Array,
  shape: readonly number[],
): Promise<void> {
  const label = Int32Array.from(test.values(test.inputs.labels).data)
  const steps = (test.expected.steps as unknown[]).map((_, i) => i)
  const observe = new Set(
    steps.flatMap((i) => ['modules', 'losses_by_name'].flatMap((key) => check.keys(['steps', i, key]))),
  )
  const compiled = await compileNetwork(
    network,
    { x: f32(...shape), label: i32(label.length) },
    ({ x, label }) => {
      const { logits, contrast } =
        network instanceof RefinedClassifier
          ? network.forwardRefined(x, label)
          : { logits: network.forward(x), contrast: scalar(0) }
      const ce = crossEntropy(logits, label)
      return { logits, ce, contrast, loss: add(ce, multiply(contrast, test.config.w_cl_loss ?? 0.1)) }
    },
    { training: true, observe: [...observe], gradients: true },
  )
  for (const i of steps) {
    const run = await compiled.run({ x, label })
    checkStep(test, check, i, run)
    keepBuffers(network, run)
  }
  await compiled.release()
}

function checkStep(test: GoldenTest, check: Checker, i: number, run: NetworkRun): void {
  const closeness = closenessOf(test)
  const logits = run.outputs.get('logits')!
  check.close(['steps', i, 'ce'], run.outputs.get('ce')!, closeness)
  check.close(['steps', i, 'contrastive'], run.outputs.get('contrast')!, closeness)
  check.close(['steps', i, 'total'], run.outputs.get('loss')!, closeness)
  check.close(['steps', i, 'scores'], logits, closeness)
  check.equal(['steps', i, 'prediction'], predictions(scoresOf(logits)))
  checkModules(test, check, ['steps', i, 'modules'], run)
  checkModules(test, check, ['steps', i, 'losses_by_name'], run)
  for (const path of check.keys(['steps', i, 'memory_by_name']))
    check.close(['steps', i, 'memory_by_name', path], run.buffers.get(memoryName(path))!, closeness)
  checkBuffers(check, ['steps', i, 'buffers_after'], run.buffers, closeness)
  if (!check.has(['steps', i, 'gradients'])) return
  checkGradients(check, ['steps', i, 'gradients'], run.gradients, gradientTolerance(test))
  checkGradientNorm(check, ['steps', i, 'gradient_norm_total'], run.gradients)
}

function checkModules(test: GoldenTest, check: Checker, path: readonly (string | number)[], run: NetworkRun): void {
  for (const name of check.keys(path)) check.close([...path, name], run.modules.get(name)!, closenessOf(test))
}

function closenessOf(test: GoldenTest) {
  return { relative: test.tolerance.relative ?? 1e-4 }
}
