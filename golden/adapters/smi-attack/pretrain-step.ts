import { nameParts } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { InterSkeletonContrast } from '../../../src/systems/smi-attack/inter-skeleton-contrast.ts'
import { f32, read } from '../../../src/tensor/index.ts'
import type { Adapter, GoldenTest, Values } from '../../adapter.ts'
import { fromChannelFirstBatch } from '../../channel-first-batch.ts'
import { checkGradients, gradientTolerance } from '../../network-checks.ts'
import { fillByName, runNetwork } from '../../run-network.ts'
import { encoderGraph } from '../../smi-encoders.ts'

const QUEUES = ['Queue_S1', 'Queue_S2'] as const

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'pretrain-step',
  async run(test, check) {
    const first = test.values(fromChannelFirstBatch(test.inputs.query_graph))
    const second = test.values(fromChannelFirstBatch(test.inputs.key_graph))
    const model = filledModel(test, first)
    const count = model.trained().reduce((sum, { values }) => sum + values.length, 0)
    if (test.parameters?.count !== undefined && test.parameters.count !== count)
      check.fail(['parameters', 'count'], `${count} trained values, expected ${test.parameters.count}`)
    const after = check.has(['parameters_after']) ? check.keys(['parameters_after']) : []
    const byName = new Map(model.keys().map((key) => [key.name, key]))
    const run = await runNetwork(
      model,
      { first: f32(...first.shape), second: f32(...second.shape) },
      { first: Float32Array.from(first.data), second: Float32Array.from(second.data) },
      (views) => {
        const { loss, logits } = model.forward(views.first, views.second)
        const keys = after.flatMap((name) => {
          const key = byName.get(name)
          return key ? [[`after:${name}`, read(key)] as const] : []
        })
        return { loss, ...logits, ...Object.fromEntries(keys) }
      },
      { training: true, gradients: check.has(['gradients']) },
    )
    const closeness = { relative: test.tolerance.relative ?? 1e-4 }
    check.close(['loss'], run.outputs.get('loss')!, closeness)
    for (const key of ['sequence', 'graph']) check.close(['logits', key], run.outputs.get(key)!, closeness)
    check.close(['queue_S1'], run.buffers.get('Queue_S1')!, closeness)
    check.close(['queue_S2'], run.buffers.get('Queue_S2')!, closeness)
    // The authors keep a pointer per queue; both always stand at the same column.
    const [column] = Array.from(run.buffers.get('pointer')!.data)
    check.equal(['pointer'], [column, column])
    for (const name of after) {
      const value = run.outputs.get(`after:${name}`)
      if (value) check.close(['parameters_after', name], value, closeness)
      else check.fail(['parameters_after', name], 'there is no key parameter of that name')
    }
    if (check.has(['gradients'])) checkGradients(check, ['gradients'], run.gradients, gradientTolerance(test))
  },
}

function filledModel(test: GoldenTest, { shape }: Values): InterSkeletonContrast {
  const { dim, K, m, T, mlp, bi_gru: gru, agcn } = test.config
  const [, persons, , joints, channels] = shape
  const options = { dim, K, m, T, mlp, hiddenSize: gru.en_hidden_size, layers: gru.en_num_layers }
  const size = { persons, joints, channels }
  const model = nameParts(new InterSkeletonContrast(encoderGraph(agcn), size, options, new CounterStream(0)))
  fillByName(model, test, ['pointer'])
  for (const name of QUEUES) model[name].values.set(unitColumns(model[name].values, dim, K))
  return model
}

function unitColumns(values: Float32Array, rows: number, columns: number): Float32Array {
  const lengths = Float64Array.from({ length: columns }, (_, j) =>
    Math.hypot(...Array.from({ length: rows }, (_, i) => values[i * columns + j])),
  )
  return values.map((value, at) => value / lengths[at % columns])
}
