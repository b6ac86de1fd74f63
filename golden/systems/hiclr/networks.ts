import type { DstaStage } from '../../../src/models/dsta/network.ts'
import type { Encoder } from '../../../src/models/encoder.ts'
import { type Module, nameParts } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import { ContrastiveNetwork } from '../../../src/systems/hiclr/contrastive-network.ts'
import { dstaEncoder, type HeadOptions, stGcnEncoder } from '../../../src/systems/hiclr/encoder.ts'
import type { GoldenTest, Values } from '../../adapter.ts'
import { fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'
import { unitColumns } from '../../networks/unit-columns.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' constructor arguments
type Config = any

/**
 * The encoder of the authors' arguments, with their defaults (sheet, section 10.1). `dropout` does not reach the
 * transformer there.
 */
export function hiclrEncoder(config: Config): Encoder {
  const { pretrain = true, feature_dim: featureDim, mlp, num_class: classes = 60 } = config
  const head: HeadOptions = pretrain ? { kind: 'projection', featureDim, mlp } : { kind: 'classifier', classes }
  if (!isTransformer(config)) {
    const { layout = 'ntu-rgb+d', strategy, max_hop: maxHop, dilation } = config.graph_args ?? {}
    return stGcnEncoder(
      {
        layout: layoutByName(layout),
        strategy,
        maxHop,
        dilation,
        inChannels: config.in_channels,
        hiddenChannels: config.hidden_channels ?? 64,
        hiddenDim: config.hidden_dim ?? 256,
        dropout: config.dropout ?? 0.5,
      },
      head,
    )
  }
  return dstaEncoder(
    {
      numPoint: config.num_point,
      numFrame: config.num_frame,
      numSubset: config.num_subset,
      numChannel: config.num_channel,
      config: config.config as DstaStage[],
      gloRegS: config.glo_reg_s,
      attS: config.att_s,
      gloRegT: config.glo_reg_t,
      attT: config.att_t,
      useTemporalAtt: config.use_temporal_att,
      useSpatialAtt: config.use_spatial_att,
      attentiondrop: config.attentiondrop,
      dropout2d: config.dropout2d,
      usePet: config.use_pet,
      usePes: config.use_pes,
    },
    head,
  )
}

/** The authors' wrapper with `pretrain`: both encoders, the queue, the number that covers joints. */
export function contrastiveNetwork(config: Config): ContrastiveNetwork {
  return nameParts(
    new ContrastiveNetwork(() => hiclrEncoder(config), {
      featureDim: config.feature_dim,
      queueSize: config.queue_size,
      fixConv1: config.fix_conv1,
      random: new CounterStream(0),
    }),
  )
}

/** Only the transformer has a list of blocks, without a default. */
function isTransformer(config: Config): boolean {
  return config.transformer ?? config.config !== undefined
}

/** Fills a network as the fixtures of this system are filled; see `fill` in them. */
export function fillHiclr(root: Module, test: GoldenTest): void {
  for (const [name, variable] of root.variables()) {
    const { values, shape } = variable
    if (/(^|\.)(A|atts|attt|pe|queue_ptr)$/.test(name)) continue
    const filled = test.parameter(name, shape)
    const last = name.split('.').at(-1)!
    if (last.startsWith('edge_importance')) values.set(filled.map((value) => 1 + value))
    else if (last === 'alphas' || last === 'alphat') values.set(filled.map((value) => 0.04 * value))
    else if (last === 'queue') values.set(unitColumns(name, shape))
    else values.set(filled)
  }
}

/** The authors' (N, C, T, V, M) as (N, M, T, V, C). */
export function clipsOf(test: GoldenTest, rule: unknown): Values {
  return test.values(fromChannelFirstBatch(rule))
}
