import { uniformValues } from '../../golden/fixtures/fill.ts'
import { unitColumns } from '../../golden/networks/unit-columns.ts'
import { nameParts, Sgd } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { buildEncoder } from '../../src/systems/hiclr/build-encoder.ts'
import { ContrastiveNetwork } from '../../src/systems/hiclr/contrastive-network.ts'
import { tracePretrainingStep } from '../../src/systems/hiclr/pretraining-step.ts'
import { maskedView } from '../../src/systems/hiclr/strong-view.ts'
import { Bank, RandomState } from '../../src/tensor/index.ts'
import { fillByName, signal } from '../fill.ts'
import { authorsLayout } from '../layouts.ts'
import { coordinates, dropout, hiclr, inputNames, type StepSizes } from '../setting.ts'
import { type Repeated, repeatedGraph } from './step.ts'

/** HiCLR's pre-training step on the ST-GCN encoder, without mining. */
export function hiclrStep({
  clips,
  persons,
  frames,
  joints,
  threads,
  dropout: dropping,
}: StepSizes): Promise<Repeated> {
  const { featureDim, queueSize, keyMomentum, temperature, maskRatio, optimizer } = hiclr
  const encoded = { layout: authorsLayout(joints), clipLength: frames, channels: coordinates }
  const dropped = dropping ? dropout.hiclr.dropout : 0
  const encoder = () => buildEncoder({ encoder: 'st-gcn' }, encoded, dropped, { kind: 'projection', featureDim })
  const random = new CounterStream(0)
  const network = nameParts(new ContrastiveNetwork(encoder, { featureDim, queueSize, random }))
  fillByName(network.variables())
  network.queue.values.set(unitColumns('queue', network.queue.shape))
  const { learningRate, ...options } = optimizer
  const sgd = new Sgd(network.trained(), options)
  const { encoder_q, encoder_k } = network
  new Bank('keys', 'parameter', encoder_k.parameters())
  new Bank('statistics', 'buffer', [...encoder_q.buffers(), ...encoder_k.buffers()])
  const shape = [clips, persons, frames, joints, coordinates] as const
  const strong = maskedView(shape, maskRatio, network.mask_param)
  const contrast = { momentum: keyMomentum, temperature, random: new RandomState(0) }
  const graph = tracePretrainingStep(network, sgd, shape, strong, contrast)
  const views = (['queryBasic', 'keyBasic', 'normal', 'strong'] as const).map(
    (view, i) => [view, signal(`${inputNames.view}.${i}`, shape)] as const,
  )
  const mask = Float32Array.from(uniformValues(inputNames.mask, frames * joints), (u) => (u < maskRatio ? 0 : 1))
  return repeatedGraph(
    graph,
    { ...Object.fromEntries(views), mask, learningRate: Float32Array.of(learningRate) },
    threads,
  )
}
