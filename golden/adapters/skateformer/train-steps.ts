import { crossEntropy } from '../../../src/nn/index.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import { add, f32, gradients, i32, read, reshape, sqrt, square, sum, trace } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { checkParameterNames } from '../../networks/network-checks.ts'
import { fillByName, runNetwork } from '../../networks/run-network.ts'
import {
  skateFormerBatch,
  skateFormerOf,
  skateFormerOptimizer,
  skateFormerSchedule,
  smoothingOf,
} from '../../systems/skateformer/network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'train-steps',
  async run(test, check) {
    const { network, schedule, optimizer: options, loss: lossConfig } = test.config
    const model = skateFormerOf(network)
    const parameters = model.parameters()
    checkParameterNames(check, test, parameters, { order: true })
    fillByName(model, test)
    const optimizer = skateFormerOptimizer(parameters, options)
    const learningRate = skateFormerSchedule(schedule)
    const labelSmoothing = smoothingOf(lossConfig)
    const batches = (test.inputs.steps as unknown[]).map((inputs) => skateFormerBatch(test, inputs))
    const graphOf = ({ shapes }: (typeof batches)[number]) =>
      trace(
        { x: f32(...shapes.x), indexT: f32(...shapes.indexT), label: i32(...shapes.label), rate: f32() },
        ({ x, indexT, label, rate }) => {
          const loss = crossEntropy(model.forward(x, indexT), label, { labelSmoothing })
          const squares = gradients(loss, parameters.map(read)).map((d) => reshape(sum(square(d!)), []))
          optimizer.update(loss, rate)
          return { loss, norm: sqrt(squares.reduce(add)) }
        },
        { training: true },
      )
    const device = new CpuDevice({ threads: 2 })
    const steps = new Map<string, Awaited<ReturnType<typeof device.compile>>>()
    const closeness = { relative: test.tolerance.relative ?? 1e-4 }
    for (const [i, batch] of batches.entries()) {
      const { feeds, shapes } = batch
      const form = JSON.stringify(shapes)
      const step = steps.get(form) ?? (await device.compile(graphOf(batch)))
      steps.set(form, step)
      const rate = learningRate(i)
      const { loss, norm } = await step.run({ ...feeds, rate: Float32Array.of(rate) })
      check.equal(['steps', i, 'iteration'], i)
      check.close(['steps', i, 'lr'], rate, { relative: 1e-9 })
      check.close(['steps', i, 'loss'], loss[0], closeness)
      check.close(['steps', i, 'gradient_norm_before_clipping'], norm[0], closeness)
    }
    await device.pull([...model.variables()].map(([, variable]) => variable))
    for (const step of steps.values()) await step.release()
    for (const [name, { shape, values }] of model.variables())
      for (const key of ['parameters_after', 'buffers_after'])
        check.close([key, name], { data: values, shape }, closeness)
    if (!check.has(['eval'])) return
    const [{ feeds, shapes }] = batches
    const { outputs } = await runNetwork(
      model,
      { x: f32(...shapes.x), indexT: f32(...shapes.indexT) },
      feeds,
      ({ x, indexT }) => ({ logits: model.forward(x, indexT) }),
      { training: false },
    )
    check.close(['eval', 'logits'], outputs.get('logits')!, closeness)
  },
}
