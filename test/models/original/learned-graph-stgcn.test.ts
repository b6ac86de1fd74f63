import { expect, it } from 'vitest'
import { parameterValues, uniformValues } from '../../../golden/fixtures/fill.ts'
import { OriginalClassifier } from '../../../src/models/original/classifier.ts'
import { LearnedGraphStGcn } from '../../../src/models/original/learned-graph-stgcn.ts'
import { crossEntropy, nameParts } from '../../../src/nn/index.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import { constant, f32, gradients, l2Norm, read, reshape, trace } from '../../../src/tensor/index.ts'

/** Numbers of PyTorch 2.9.1 in double precision for parameters and a clip that are computed from their names. */
const LOGITS = [
  -43.55450408051128, 63.55623127174801, 18.189933056930663, -48.221621505988196, 72.85591299628533, 9.877571391830159,
]
const LOSS = 2.652979922751068
const GRADIENT_LENGTHS = [0.8419668166331832, 0.6724679285038601]

function filledNetwork() {
  const backbone = new LearnedGraphStGcn(5, { baseChannels: 4 })
  const network = nameParts(new OriginalClassifier(backbone, 3))
  for (const [name, variable] of network.variables()) variable.values.set(parameterValues(name, variable.shape))
  return network
}

/** The clip (2, 3, 8, 5, 2) as (N, M, T, V, C). */
function clip(): Float32Array {
  const values = uniformValues('st.x', 2 * 3 * 8 * 5 * 2)
  const clips = new Float32Array(values.length)
  let at = 0
  for (let n = 0; n < 2; n++)
    for (let m = 0; m < 2; m++)
      for (let t = 0; t < 8; t++)
        for (let v = 0; v < 5; v++)
          for (let c = 0; c < 3; c++) clips[at++] = 2 * values[(((n * 3 + c) * 8 + t) * 5 + v) * 2 + m] - 1
  return clips
}

async function run(training: boolean) {
  const network = filledNetwork()
  const graphs = [4, 8].map((block) => network.parameters().find(({ name }) => name === `l${block}.gcn1.PA`)!)
  const graph = trace(
    { x: f32(2, 2, 8, 5, 3) },
    ({ x }) => {
      const logits = network.forward(x)
      const loss = crossEntropy(logits, constant(Int32Array.of(0, 2), [2]))
      const [l4, l8] = gradients(loss, graphs.map(read)).map((gradient) => reshape(l2Norm(gradient!), []))
      return { logits, loss, l4, l8 }
    },
    { training },
  )
  const step = await new CpuDevice({ threads: 1 }).compile(graph)
  const { logits, loss, l4, l8 } = await step.run({ x: clip() })
  await step.release()
  return { logits: [...logits], loss: loss[0], gradients: [l4[0], l8[0]] }
}

it('gives the logits of PyTorch', async () => {
  const { logits } = await run(false)
  logits.forEach((value, i) => {
    expect(value / 72.9).toBeCloseTo(LOGITS[i] / 72.9, 5)
  })
})

it('gives the loss and the gradients of the graphs of PyTorch in training', async () => {
  const { loss, gradients } = await run(true)
  expect(loss).toBeCloseTo(LOSS, 4)
  gradients.forEach((value, i) => {
    expect(value / GRADIENT_LENGTHS[i]).toBeCloseTo(1, 3)
  })
})
