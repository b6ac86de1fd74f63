import { OssatureError } from '../src/errors.ts'
import type { Backbone } from '../src/models/backbone.ts'
import { CtrGcn } from '../src/models/ctrgcn.ts'
import { Recognizer } from '../src/models/recognizer.ts'
import { StGcn } from '../src/models/stgcn.ts'
import { nameParts } from '../src/nn/index.ts'
import { CounterStream } from '../src/random/counter-stream.ts'
import { graphAdjacency } from '../src/skeleton/graph.ts'
import { layoutByName } from '../src/skeleton/layouts/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' configuration dictionaries
type Config = any

/** The recogniser that a PYSKL configuration describes. */
export function recognizerOf(config: Config): Recognizer {
  return nameParts(new Recognizer(backboneOf(config.backbone), config.cls_head.num_classes))
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
        dataBnType: ['VC', 'MVC', undefined].includes(config.data_bn_type) ? config.data_bn_type : 'none',
        gcnAdaptive: config.gcn_adaptive,
        gcnConvPos: config.gcn_conv_pos,
        gcnWithRes: config.gcn_with_res,
        tcnType: config.tcn_type,
      })
    case 'CTRGCN':
      return new CtrGcn(graph, common)
    default:
      throw new OssatureError(`no network for the backbone ${config.type}`)
  }
}
