import { OssatureError } from '../../src/errors.ts'
import { OriginalAaGcn } from '../../src/models/original/aagcn.ts'
import { OriginalAgcn } from '../../src/models/original/agcn.ts'
import { OriginalClassifier } from '../../src/models/original/classifier.ts'
import { OriginalCtrGcn } from '../../src/models/original/ctrgcn.ts'
import { OriginalMsG3d } from '../../src/models/original/msg3d.ts'
import { OriginalStGcn } from '../../src/models/original/stgcn.ts'
import { nameParts } from '../../src/nn/index.ts'
import { type Adjacency, graphAdjacency, stgcnAdjacency } from '../../src/skeleton/graph.ts'
import type { Layout } from '../../src/skeleton/layout.ts'
import { layoutByName, ntuRgbD, nwUcla, openpose } from '../../src/skeleton/layouts/index.ts'
import type { Classifier } from './check-classifier.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' constructor arguments
type Config = any

/** Networks for clips (N, M, T, V, C) by the name of their system, from the authors' constructor arguments. */
const NETWORKS: Readonly<Record<string, (config: Config) => Classifier>> = {
  'ST-GCN': (config) => {
    const { layout = 'openpose', strategy = 'uniform', max_hop: maxHop, dilation } = config.graph_args ?? {}
    const graph = stgcnAdjacency(layoutByName(layout), { strategy, maxHop, dilation })
    return new OriginalClassifier(
      new OriginalStGcn(graph, {
        inChannels: config.in_channels,
        edgeImportanceWeighting: config.edge_importance_weighting,
        dropout: config.dropout,
      }),
      config.num_class,
      { layerName: 'fcn' },
    )
  },
  '2s-AGCN': (config) =>
    new OriginalClassifier(new OriginalAgcn(spatialGraph(config), tenBlocks(config)), config.num_class),
  AAGCN: (config) =>
    new OriginalClassifier(
      new OriginalAaGcn(spatialGraph(config), {
        ...tenBlocks(config),
        adaptive: config.adaptive,
        attention: config.attention,
      }),
      config.num_class,
      { dropOut: config.drop_out },
    ),
  'CTR-GCN': (config) =>
    new OriginalClassifier(
      new OriginalCtrGcn(spatialGraph(config), { ...tenBlocks(config), adaptive: config.adaptive }),
      config.num_class,
      { dropOut: config.drop_out },
    ),
  'MS-G3D': (config) =>
    new OriginalClassifier(
      new OriginalMsG3d(graphAdjacency(layoutOfGraphClass(config.graph), { mode: 'binary_adj' }), {
        inChannels: config.in_channels,
        numGcnScales: config.num_gcn_scales,
        numG3dScales: config.num_g3d_scales,
        numPerson: config.num_person,
      }),
      config.num_class,
    ),
}

/** Layouts by the module of the authors' graph class, in the package `graph`. */
export const graphModules: Readonly<Record<string, Layout>> = {
  ntu_rgb_d: ntuRgbD,
  kinetics: openpose,
  ucla: nwUcla,
}

/**
 * The network that a fixture of the kind `network-original` describes.
 * @throws OssatureError for an unknown system
 */
export function originalNetwork(config: Config): Classifier {
  const build = NETWORKS[config.system]
  if (!build) {
    throw new OssatureError('no network of that system', {
      expected: Object.keys(NETWORKS).join(', '),
      found: String(config.system),
    })
  }
  return nameParts(build(config))
}

/**
 * The layout that a dotted name such as `graph.ntu_rgb_d.Graph` stands for.
 * @throws OssatureError for an unknown name
 */
export function layoutOfGraphClass(name: string): Layout {
  const layout = graphModules[name.split('.').at(-2) ?? '']
  if (!layout) {
    throw new OssatureError('unknown graph class', { expected: Object.keys(graphModules).join(', '), found: name })
  }
  return layout
}

function spatialGraph(config: Config): Adjacency {
  return graphAdjacency(layoutOfGraphClass(config.graph), { mode: config.graph_args?.labeling_mode ?? 'spatial' })
}

function tenBlocks(config: Config) {
  return { inChannels: config.in_channels, baseChannels: config.base_channel, numPerson: config.num_person }
}
