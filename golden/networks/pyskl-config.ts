import { OssatureError } from '../../src/errors.ts'
import { AaGcn } from '../../src/models/aagcn.ts'
import type { Backbone } from '../../src/models/backbone.ts'
import type { DataNormType } from '../../src/models/blocks/data-norm.ts'
import { CtrGcn } from '../../src/models/ctrgcn.ts'
import { DgStGcn } from '../../src/models/dgstgcn.ts'
import { MsG3d } from '../../src/models/msg3d.ts'
import { Recognizer } from '../../src/models/recognizer.ts'
import { StGcn } from '../../src/models/stgcn.ts'
import { fillFrom, nameParts } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { graphAdjacency } from '../../src/skeleton/graph.ts'
import { layoutByName } from '../../src/skeleton/layouts/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' configuration dictionaries
type Config = any

/** The recogniser that a PYSKL configuration describes. */
export function recognizerOf(config: Config): Recognizer {
  const { num_classes: classes, dropout } = config.cls_head
  return nameParts(new Recognizer(backboneOf(config.backbone), classes, dropout))
}

function backboneOf(config: Config): Backbone {
  const { layout = 'coco', mode = 'spatial', max_hop, nx_node, num_filter, init_std, init_off } = config.graph_cfg ?? {}
  const graph = graphAdjacency(layoutByName(layout), {
    mode,
    maxHop: max_hop,
    nodeMultiple: nx_node,
    numFilter: num_filter,
    initStd: init_std,
    initOff: init_off,
    stream: new CounterStream(0),
  })
  const common = {
    inChannels: config.in_channels,
    baseChannels: config.base_channels,
    numStages: config.num_stages,
    inflateStages: config.inflate_stages,
    downStages: config.down_stages,
    numPerson: config.num_person,
  }
  switch (config.type) {
    case 'STGCN':
      return new StGcn(graph, {
        ...common,
        chRatio: config.ch_ratio,
        dataBnType: dataBnTypeOf(config),
        gcnAdaptive: config.gcn_adaptive,
        gcnConvPos: config.gcn_conv_pos,
        gcnWithRes: config.gcn_with_res,
        tcnType: config.tcn_type,
        tcnMsCfg: config.tcn_ms_cfg,
        tcnDropout: config.tcn_dropout,
      })
    case 'CTRGCN':
      return new CtrGcn(graph, { ...common, tcnDropout: config.tcn_dropout })
    case 'AAGCN':
      return new AaGcn(graph, {
        ...common,
        dataBnType: dataBnTypeOf(config),
        gcnAdaptive: config.gcn_adaptive,
        gcnAttention: config.gcn_attention,
        gcnCoffEmbedding: config.gcn_coff_embedding,
        tcnType: config.tcn_type,
        tcnMsCfg: config.tcn_ms_cfg,
        tcnDropout: config.tcn_dropout,
      })
    case 'MSG3D':
      return new MsG3d(graph, {
        ...common,
        numGcnScales: config.num_gcn_scales,
        numG3dScales: config.num_g3d_scales,
        tcnDropout: config.tcn_dropout,
      })
    case 'DGSTGCN':
      return new DgStGcn(
        { shape: graph.shape, initial: fillFrom(graph.data) },
        {
          ...common,
          chRatio: config.ch_ratio,
          dataBnType: dataBnTypeOf(config),
          gcn: {
            ratio: config.gcn_ratio,
            ctr: config.gcn_ctr,
            ada: config.gcn_ada,
            subsetWise: config.gcn_subset_wise,
          },
          tcn: { branches: config.tcn_ms_cfg, numJoints: config.tcn_num_joints, dropout: config.tcn_dropout },
        },
      )
    default:
      throw new OssatureError(`no network for the backbone ${config.type}`)
  }
}

/** Any other name than VC and MVC stands for none. */
function dataBnTypeOf(config: Config): DataNormType | undefined {
  return ['VC', 'MVC', undefined].includes(config.data_bn_type) ? config.data_bn_type : 'none'
}
