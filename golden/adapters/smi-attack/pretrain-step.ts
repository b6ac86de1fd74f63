import type { InterSkeletonContrast } from '../../../src/systems/smi-attack/inter-skeleton-contrast.ts'
import { sequenceForm } from '../../../src/systems/smi-attack/sequence-encoder.ts'
import { f32, read } from '../../../src/tensor/index.ts'
import type { Adapter, Checker, GoldenTest, Values } from '../../adapter.ts'
import { fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'
import { checkBuffers, checkGradients, checkParameterNames, gradientTolerance } from '../../networks/network-checks.ts'
import { fillByName, type NetworkRun, runNetwork } from '../../networks/run-network.ts'
import { unitColumns } from '../../networks/unit-columns.ts'
import { contrastOf } from '../../systems/smi-attack/encoders.ts'

const QUEUES = ['Queue_S1', 'Queue_S2'] as const

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'pretrain-step',
  async run(test, check) {
    const inputs = inputsOf(test)
    const model = filledModel(test)
    checkParameterNames(check, test, model.trained())
    const after = check.has(['parameters_after']) ? check.keys(['parameters_after']) : []
    const byName = new Map(model.parameters().map((parameter) => [parameter.name, parameter]))
    const entries = Object.entries(inputs)
    const run = await runNetwork(
      model,
      Object.fromEntries(entries.map(([name, { shape }]) => [name, f32(...shape)])),
      Object.fromEntries(entries.map(([name, { data }]) => [name, Float32Array.from(data)])),
      (views) => {
        const { first, second, firstSequence = sequenceForm(first), secondSequence = sequenceForm(second) } = views
        const { loss, logits } = model.contrast(
          { graph: first, sequence: firstSequence },
          { graph: second, sequence: secondSequence },
        )
        const wanted = after
          .filter((name) => byName.has(name))
          .map((name) => [`after:${name}`, read(byName.get(name)!)])
        return { loss, ...logits, ...Object.fromEntries(wanted) }
      },
      { training: true, gradients: check.has(['gradients']) },
    )
    checkRun(test, check, run)
    checkAfter(check, after, run, closenessOf(test))
    if (check.has(['gradients'])) checkGradients(check, ['gradients'], run.gradients, gradientTolerance(test))
  },
}

/** Both views as graphs, (N, M, T, V, C), and as sequences, (N, T, V * C * M), where the fixture gives these. */
function inputsOf({ inputs, values }: GoldenTest): Record<string, Values> {
  const { query_sequence: first, key_sequence: second } = inputs
  return {
    first: values(fromChannelFirstBatch(inputs.query_graph)),
    second: values(fromChannelFirstBatch(inputs.key_graph)),
    ...(first && { firstSequence: values(first) }),
    ...(second && { secondSequence: values(second) }),
  }
}

function checkRun(test: GoldenTest, check: Checker, { outputs, buffers }: NetworkRun): void {
  const closeness = closenessOf(test)
  check.close(['loss'], outputs.get('loss')!, closeness)
  for (const key of ['sequence', 'graph']) check.close(['logits', key], outputs.get(key)!, closeness)
  check.close(['queue_S1'], buffers.get('Queue_S1')!, closeness)
  check.close(['queue_S2'], buffers.get('Queue_S2')!, closeness)
  // The authors keep a pointer per queue; both always stand at the same column.
  const [column] = Array.from(buffers.get('pointer')!.data)
  check.equal(['pointer'], [column, column])
}

function checkAfter(check: Checker, names: readonly string[], run: NetworkRun, closeness: { relative: number }): void {
  for (const name of names) {
    const value = run.outputs.get(`after:${name}`) ?? run.buffers.get(name)
    if (value) check.close(['parameters_after', name], value, closeness)
    else check.fail(['parameters_after', name], 'there is no parameter of that name')
  }
  checkBuffers(check, ['buffers_after'], run.buffers, closeness)
}

function closenessOf({ tolerance }: GoldenTest) {
  return { relative: tolerance.relative ?? 1e-4 }
}

function filledModel(test: GoldenTest): InterSkeletonContrast {
  const model = contrastOf(test.config)
  fillByName(model, test, ['pointer'])
  for (const name of QUEUES) {
    const { values, shape } = model[name]
    values.set(unitColumns(name, shape))
  }
  return model
}
